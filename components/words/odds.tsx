import { usePreferences } from '../../hooks/use-preferences.ts';
import type { OddsFormat } from '../../hooks/preferences.ts';
import { changeText, exactOddsWords, oddsText } from './odds-words.ts';

/** Odds in this trader's format; the decimal price on hover where the format rounds it. */
export function Odds({ value, className }: { readonly value: number | null; readonly className?: string }) {
  const { odds: format } = usePreferences();
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
