import { SEVERITIES } from '../../contracts/alert-words.ts';
import { MARKETS, type Market } from '../../contracts/market.ts';
import { MARKET_WORDS, SEVERITY_WORDS } from '../words/market-words.ts';
import { SETTINGS } from './setting-words.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

const isMarket = (name: unknown): name is Market => MARKETS.some((market) => market === name);
const marketName = (name: unknown): string => (isMarket(name) ? MARKET_WORDS[name] : text(name));

/** A number with its unit: `7%`, `45 s`, `1.5 pts`. */
export function amountWords(value: unknown, unit: string): string {
  if (value === undefined || value === null || value === '') return '–';
  if (unit === '') return text(value);
  return unit === '%' ? `${text(value)}%` : `${text(value)} ${unit}`;
}

const weightWords = (weights: unknown, name: (key: string) => string): string => {
  const entries = Object.entries(fieldsOf(weights));
  return entries.length === 0 ? 'all 1' : entries.map(([key, weight]) => `${name(key)} ${text(weight)}`).join(', ');
};

const groupWords = (groups: unknown, name: (item: unknown) => string): string =>
  listOf(groups)
    .map((group) => listOf(group).map(name).join(' + '))
    .join(', ') || 'none';

/** A setting's value in a few words. */
export function valueWords(field: string, value: unknown): string {
  const editor = SETTINGS[field]?.editor;
  if (value === undefined) return 'nothing';
  if (editor === undefined) return JSON.stringify(value);
  switch (editor.kind) {
    case 'number':
      return amountWords(value, editor.unit);
    case 'bands':
      return amountWords(SEVERITIES.map((severity) => text(fieldsOf(value)[severity])).join(' / '), editor.unit);
    case 'parts':
      return Object.entries(editor.parts)
        .map(([part, { label, unit }]) => `${label.toLowerCase()} ${amountWords(fieldsOf(value)[part], unit)}`)
        .join(', ');
    case 'switch':
      return value === true ? 'on' : 'off';
    case 'markets': {
      const chosen = listOf(value);
      return chosen.length === MARKETS.length ? 'all markets' : chosen.map(marketName).join(', ') || 'none';
    }
    case 'marketWeights':
      return weightWords(value, marketName);
    case 'bookWeights':
      return weightWords(value, (name) => name);
    case 'book':
      return text(value);
    case 'books':
      return listOf(value).join(', ') || 'none';
    case 'marketGroups':
      return groupWords(value, marketName);
    case 'bookGroups':
      return groupWords(value, text);
  }
}

/** The name of one part of a setting: a severity, a market, a bookmaker. */
export function partWords(field: string, part: string): string {
  const editor = SETTINGS[field]?.editor;
  if (editor?.kind === 'bands') {
    const severity = SEVERITIES.find((each) => each === part);
    return severity === undefined ? part : SEVERITY_WORDS[severity];
  }
  if (editor?.kind === 'parts') return editor.parts[part]?.label ?? part;
  return editor?.kind === 'marketWeights' ? marketName(part) : part;
}

/** The value of one part of a setting; of a weight that is not said, the 1 that it then is. */
export function partValueWords(field: string, part: string, value: unknown): string {
  const editor = SETTINGS[field]?.editor;
  if (editor?.kind === 'bands') return amountWords(value, editor.unit);
  if (editor?.kind === 'parts') return amountWords(value, editor.parts[part]?.unit ?? '');
  return value === undefined ? '1' : text(value);
}
