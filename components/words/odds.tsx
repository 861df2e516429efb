import { usePreferences } from '../../hooks/use-preferences.ts';
import type { OddsFormat } from '../../hooks/preferences.ts';
import { changeText, exactOddsWords, formatApart, oddsText } from './odds-words.ts';

type OddsProps = {
  readonly value: number | null;
  /** The price beside it, where the two are a difference: another price does not read like it. */
  readonly apartFrom?: number | null;
  readonly className?: string;
};

/** Odds in this trader's format; the decimal price on hover where the format rounds it. */
export function Odds({ value, apartFrom = null, className }: OddsProps) {
  const format = formatApart(value, apartFrom, usePreferences().odds);
  return (
    <span title={exactOddsWords(value, format)} className={className}>
      {oddsText(value, format)}
    </span>
  );
}

/** This trader's format, for where no element can stand (axes, names) and for words that depend on it. */
export const useOddsFormat = (): OddsFormat => usePreferences().odds;

/** How far a price went from another one, as this trader reads prices. */
export function PriceChange(change: Parameters<typeof changeText>[0]) {
  return <span className="whitespace-nowrap">{changeText(change, useOddsFormat())}</span>;
}
