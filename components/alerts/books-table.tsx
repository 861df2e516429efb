import { useQuery } from '@tanstack/react-query';
import type { AlertWithExplanation } from '../../contracts/alert.ts';
import { queries } from '../../hooks/browser-api.ts';
import { useCell } from '../../hooks/cell.ts';
import type { ChartPointer } from '../../hooks/chart-pointer.ts';
import { Clock } from '../time/clock.tsx';
import { cn } from '../ui/class-names.ts';
import { probabilityText } from '../words/number-words.ts';
import { Odds, PriceChange, useOddsFormat } from '../words/odds.tsx';
import { type BookNow, type BookRow, bookRows, thenMsOf } from './book-rows.ts';

/** On the narrowest phone names of books would be two letters beside it. */
const FAIR_CLASS = 'max-[22.5rem]:hidden';

function moveClass(percent: number | null): string {
  if (percent === null || Math.abs(percent) < 0.05) return 'text-secondary';
  return percent < 0 ? 'text-critical-ink' : 'text-elevated-ink';
}

function Now({ now }: { readonly now: BookNow | null }) {
  if (now === null) return <span className="text-secondary">–</span>;
  if (!now.isShut) return <Odds value={now.odds} />;
  return (
    <span className="text-secondary">
      {now.odds === null ? (
        'shut'
      ) : (
        <>
          <s>
            <Odds value={now.odds} />
          </s>
          <span className="sr-only"> shut</span>
        </>
      )}
    </span>
  );
}

const isOpenWords = (isShut: boolean | undefined): string => (isShut === undefined ? '–' : isShut ? 'shut' : 'open');
const openClass = (isShut: boolean | undefined): string => (isShut === false ? 'text-healthy-ink' : 'text-secondary');

type RowProps = { readonly row: BookRow; readonly isPriced: boolean; readonly pointer: ChartPointer };

/** One book; pointing at it lights up its line on the chart, and the other way round. */
function Row({ row, isPriced, pointer }: RowProps) {
  const { bookmaker, own, isSubject, now, movePercent } = row;
  const isLit = useCell(pointer.book, (book) => book === bookmaker);
  return (
    <tr
      aria-current={isLit}
      className={cn('border-t text-right whitespace-nowrap', isSubject && 'font-semibold', isLit && 'bg-hover')}
      onPointerEnter={() => pointer.book.set(bookmaker)}
      onPointerLeave={() => pointer.book.set(null)}
    >
      <th
        scope="row"
        title={own ? `${bookmaker}, our book` : bookmaker}
        className={cn('h-7.5 compact:h-6.5 max-w-0 truncate text-left', isSubject ? 'font-semibold' : 'font-normal')}
      >
        <bdi className={own ? 'text-accent' : undefined}>{bookmaker}</bdi>
        {own && <span className="sr-only"> own</span>}
      </th>
      {isPriced ? (
        <>
          <td>
            <Odds value={row.before} />
          </td>
          <td>
            <Now now={now} />
          </td>
          <td className={moveClass(movePercent)}>
            {movePercent === null ? (
              '–'
            ) : (
              <PriceChange oldOdds={row.before} newOdds={now?.odds ?? null} percent={movePercent} />
            )}
          </td>
          <td className={cn('text-secondary', FAIR_CLASS)}>{probabilityText(now?.fair ?? null)}</td>
        </>
      ) : (
        <>
          <td className={openClass(row.wasShut)}>{isOpenWords(row.wasShut)}</td>
          <td className={openClass(now?.isShut)}>{isOpenWords(now?.isShut)}</td>
        </>
      )}
    </tr>
  );
}

type BooksTableProps = {
  readonly alert: AlertWithExplanation;
  readonly ownBookmaker: string | undefined;
  readonly pointer: ChartPointer;
};

/** Every book's price of the alert's outcome before the move and at this moment; of a whole market, who is open. */
export function BooksTable({ alert, ownBookmaker, pointer }: BooksTableProps) {
  const odds = useQuery(queries.eventOdds(alert.eventId));
  const isPriced = alert.outcome !== null;
  const isInPoints = useOddsFormat() === 'percent';
  // The chart beside it reads it; here it only fills in what is not known otherwise.
  const { market, line, outcome } = alert;
  const history = useQuery({
    ...queries.eventHistory(alert.eventId, { market, line, outcome: outcome ?? '' }),
    enabled: false,
  }).data;
  const rows = bookRows(alert, { ownBookmaker, quotes: odds.data?.quotes, history });
  return (
    <div>
      <table className="w-full table-fixed">
        <caption className="sr-only">
          {isPriced ? 'Prices of all books before the move and now' : 'Which books were open then, and are now'}
        </caption>
        <thead>
          <tr className="text-right text-quiet text-secondary [&>th]:pb-1.5 [&>th]:font-medium">
            <th scope="col" className="text-left">
              Book
            </th>
            {isPriced ? (
              <>
                <th scope="col" className="w-18.5">
                  Then <Clock at={new Date(thenMsOf(alert)).toISOString()} />
                </th>
                <th scope="col" className="w-13">
                  Now
                </th>
                <th scope="col" className={isInPoints ? 'w-17' : 'w-15.5'}>
                  Move
                </th>
                <th scope="col" className={cn(isInPoints ? 'w-13' : 'w-15', FAIR_CLASS)}>
                  Fair
                </th>
              </>
            ) : (
              <>
                <th scope="col" className="w-24">
                  When fired
                </th>
                <th scope="col" className="w-16">
                  Now
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.bookmaker} row={row} isPriced={isPriced} pointer={pointer} />
          ))}
        </tbody>
      </table>
      {odds.data === undefined && odds.error !== null && (
        <p role="status" className="mt-1.5 text-quiet text-secondary">
          The prices of this moment could not be read. They are asked for again by themselves.
        </p>
      )}
    </div>
  );
}
