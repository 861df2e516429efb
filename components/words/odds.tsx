import { usePreferences } from '../../hooks/use-preferences.ts';
import { exactOddsWords, oddsText } from './odds-words.ts';

/** Odds in this trader's format; the decimal price on hover where the format rounds it. */
export function Odds({ value, className }: { readonly value: number | null; readonly className?: string }) {
  const { odds: format } = usePreferences();
  return (
    <span title={exactOddsWords(value, format)} className={className}>
      {oddsText(value, format)}
    </span>
  );
}

/** The same as text, for where no element can stand: axes, names, titles. */
export function useOddsText(): (odds: number | null) => string {
  const { odds: format } = usePreferences();
  return (odds) => oddsText(odds, format);
}
