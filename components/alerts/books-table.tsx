import type { AlertWithExplanation } from '../../contracts/alert.ts';
import { cn } from '../ui/class-names.ts';
import { percentText } from '../words/number-words.ts';
import { Odds } from '../words/odds.tsx';
import { Clock } from '../time/clock.tsx';

type Row = {
  readonly bookmaker: string;
  readonly own: boolean;
  readonly oldOdds: number | null;
  readonly newOdds: number | null;
  readonly suspended: boolean;
  /** The book that the alert is about. */
  readonly isSubject: boolean;
};

function changePercent({ oldOdds, newOdds }: Row): number | null {
  if (oldOdds === null || newOdds === null) return null;
  return ((newOdds - oldOdds) / oldOdds) * 100;
}

function rows(alert: AlertWithExplanation, ownBookmaker: string | undefined): Row[] {
  const others = alert.explanation.books.filter(({ bookmaker }) => bookmaker !== alert.bookmaker);
  const subject: Row = {
    bookmaker: alert.bookmaker,
    own: alert.bookmaker === ownBookmaker,
    oldOdds: alert.oldOdds,
    newOdds: alert.newOdds,
    suspended: alert.availability === 'suspended' || alert.availability === 'removed',
    isSubject: true,
  };
  const rest = others
    .map((book): Row => ({ ...book, isSubject: false }))
    .toSorted((a, b) => Number(b.own) - Number(a.own) || a.bookmaker.localeCompare(b.bookmaker, 'en'));
  return [subject, ...rest];
}

function Price({ row, odds }: { readonly row: Row; readonly odds: number | null }) {
  if (row.suspended) {
    return (
      <span className="text-secondary">
        {odds === null ? (
          'shut'
        ) : (
          <s>
            <Odds value={odds} />
          </s>
        )}
        {odds !== null && <span className="sr-only"> suspended</span>}
      </span>
    );
  }
  return <Odds value={odds} />;
}

function moveClass(percent: number | null): string {
  if (percent === null || Math.abs(percent) < 0.05) return 'text-secondary';
  return percent < 0 ? 'text-critical-ink' : 'text-elevated-ink';
}

type BooksTableProps = { readonly alert: AlertWithExplanation; readonly ownBookmaker: string | undefined };

function BookName({ row }: { readonly row: Row }) {
  return (
    <th scope="row" className={cn('h-7.5 compact:h-6.5 text-left', row.isSubject ? 'font-semibold' : 'font-normal')}>
      {row.bookmaker}
      {row.own && <span className="ml-1.5 text-quiet font-normal text-accent">own</span>}
    </th>
  );
}

const headClasses = 'text-quiet text-secondary [&>th]:pb-1.5 [&>th]:text-right [&>th]:font-medium';

/** Where a whole market is meant there is no one price: who was open and who was shut. */
function StatesTable({ alert, ownBookmaker }: BooksTableProps) {
  return (
    <table className="w-full">
      <caption className="sr-only">Which books were open when the alert fired</caption>
      <thead>
        <tr className={headClasses}>
          <th scope="col" className="text-left!">
            Book
          </th>
          <th scope="col">When fired</th>
        </tr>
      </thead>
      <tbody>
        {rows(alert, ownBookmaker).map((row) => (
          <tr key={row.bookmaker} className={cn('border-t', row.isSubject && 'font-semibold')}>
            <BookName row={row} />
            <td className={cn('text-right', row.suspended ? 'text-secondary' : 'text-healthy-ink')}>
              {row.suspended ? 'shut' : 'open'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every book's price of the same outcome, then and at the moment the alert fired. */
export function BooksTable({ alert, ownBookmaker }: BooksTableProps) {
  if (alert.outcome === null) return <StatesTable alert={alert} ownBookmaker={ownBookmaker} />;
  const { base } = alert.explanation;
  return (
    <table className="w-full">
      <caption className="sr-only">Prices of all books then and when the alert fired</caption>
      <thead>
        <tr className={headClasses}>
          <th scope="col" className="text-left!">
            Book
          </th>
          <th scope="col">Then {base.at !== null && <Clock at={base.at} />}</th>
          <th scope="col">When fired</th>
          <th scope="col">Move</th>
        </tr>
      </thead>
      <tbody>
        {rows(alert, ownBookmaker).map((row) => {
          const percent = changePercent(row);
          return (
            <tr key={row.bookmaker} className={cn('border-t', row.isSubject && 'font-semibold')}>
              <BookName row={row} />
              <td className="text-right">
                <Odds value={row.oldOdds} />
              </td>
              <td className="text-right">
                <Price row={row} odds={row.newOdds} />
              </td>
              <td className={cn('text-right', moveClass(percent))}>{percent === null ? '–' : percentText(percent)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
