import type { Selection } from '../../hooks/price-history.ts';
import { selectionWords } from './market-words.ts';

type Told = {
  readonly selection: Selection;
  readonly unit: string;
  readonly lines: readonly {
    readonly name: string;
    readonly isOwn: boolean;
    readonly first: string;
    readonly last: string;
  }[];
  readonly from: string;
  readonly to: string;
  readonly alerts: number;
};

/** A chart in words, for who cannot see it: what, when, where our price went, where the others stand. */
export function chartWords({ selection, unit, lines, from, to, alerts }: Told): string {
  const own = lines.find(({ isOwn }) => isOwn);
  const others = lines.filter(({ isOwn }) => !isOwn);
  const books = lines.length === 1 ? '1 book' : `${lines.length} books`;
  return [
    `${unit} of ${selectionWords(selection)} at ${books}, from ${from} to ${to}.`,
    own === undefined ? '' : `${own.name}, our book, from ${own.first} to ${own.last}.`,
    others.length === 0 ? '' : `Last: ${others.map(({ name, last }) => `${name} ${last}`).join(', ')}.`,
    alerts === 0 ? 'No alerts.' : `${alerts} ${alerts === 1 ? 'alert' : 'alerts'}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
