import type { PriceHistory } from '../../hooks/price-history.ts';
import type { TimeRange } from '../../hooks/time-range.ts';
import { Clock } from '../time/clock.tsx';
import { probabilityText } from '../words/number-words.ts';
import { Odds, useOddsFormat } from '../words/odds.tsx';

/** Rows that one can read; the range narrows what is told. */
const MAX_ROWS = 200;

type Change = {
  readonly key: string;
  readonly atMs: number;
  readonly bookmaker: string;
  readonly odds: number | null;
  readonly fair: number | null;
};

function changesIn({ books }: PriceHistory, { fromMs, toMs }: TimeRange): Change[] {
  return books
    .flatMap(({ bookmaker, times, odds, fair }) =>
      times.flatMap((atMs, index) =>
        atMs < fromMs || atMs > toMs
          ? []
          : [{ key: `${bookmaker} ${index}`, atMs, bookmaker, odds: odds[index] ?? null, fair: fair[index] ?? null }],
      ),
    )
    .toSorted((a, b) => b.atMs - a.atMs);
}

/** The chart as a table: every change of price in the range in sight, the latest first. */
export function ChartTable({ history, range }: { readonly history: PriceHistory; readonly range: TimeRange }) {
  const isImplied = useOddsFormat() === 'percent';
  const changes = changesIn(history, range);
  const rows = changes.slice(0, MAX_ROWS);
  return (
    <div
      // What scrolls must be reachable by keyboard, also where nothing in it takes the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label="Prices of the chart"
      className="scroll-quiet h-full overflow-y-auto -outline-offset-2"
    >
      <table className="w-full">
        <caption className="pb-1.5 text-left text-quiet text-secondary">
          {rows.length < changes.length
            ? `The latest ${rows.length} of ${changes.length.toLocaleString('en-GB')} changes in sight; zoom in for earlier ones`
            : `${changes.length} ${changes.length === 1 ? 'change' : 'changes'} in sight, the latest first`}
        </caption>
        <thead>
          <tr className="text-right text-quiet text-secondary [&>th]:pb-1 [&>th]:font-medium">
            <th scope="col" className="text-left">
              Time
            </th>
            <th scope="col" className="text-left">
              Book
            </th>
            <th scope="col">{isImplied ? 'Implied' : 'Odds'}</th>
            <th scope="col">Fair</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, atMs, bookmaker, odds, fair }) => (
            <tr key={key} className="border-t text-right">
              <td className="h-7 text-left text-secondary">
                <Clock at={new Date(atMs).toISOString()} seconds />
              </td>
              <th scope="row" className="text-left font-normal">
                <bdi>{bookmaker}</bdi>
              </th>
              <td>{odds === null ? <span className="text-secondary">not available</span> : <Odds value={odds} />}</td>
              <td className="text-secondary">{probabilityText(fair)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
