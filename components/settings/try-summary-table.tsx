import { ALERT_TYPES, SEVERITIES } from '../../contracts/alert-words.ts';
import type { NowAndTried, TrySummary } from '../../contracts/settings-try.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { cn } from '../ui/class-names.ts';
import { SEVERITY_WORDS, TYPE_WORDS } from '../words/market-words.ts';
import type { ReactNode } from 'react';

const counted = new Intl.NumberFormat('en-GB');
const difference = new Intl.NumberFormat('en-GB', { signDisplay: 'exceptZero' });

type TrySummaryTableProps = {
  readonly summary: TrySummary;
  /** Of the try before this one, where there was one. */
  readonly before: TrySummary | null;
};

/** How many alerts of each severity and type there were, and would have been, now and with the settings tried before. */
export function TrySummaryTable({ summary, before }: TrySummaryTableProps) {
  const types = ALERT_TYPES.filter((type) => summary.byType[type] !== undefined || before?.byType[type] !== undefined);
  return (
    <table className={cn('w-full text-left', before === null ? 'max-w-md' : 'max-w-lg')}>
      <caption className="sr-only">Alerts by severity and type</caption>
      <thead>
        <tr className="border-b text-quiet text-secondary">
          <th scope="col" className="py-1.5 font-normal">
            Alerts
          </th>
          <th scope="col" className="py-1.5 text-right font-normal">
            Then
          </th>
          {before !== null && (
            <th scope="col" className="py-1.5 text-right font-normal">
              Try before
            </th>
          )}
          <th scope="col" className="py-1.5 text-right font-normal">
            With these
          </th>
          <th scope="col" className="py-1.5 text-right font-normal">
            Difference
          </th>
        </tr>
      </thead>
      <tbody>
        {SEVERITIES.toReversed().map((severity) => (
          <Row
            key={severity}
            counts={summary.bySeverity[severity]}
            before={before && before.bySeverity[severity].tried}
          >
            <span className="inline-flex items-center gap-2">
              <SeverityMark severity={severity} silent className="size-3" />
              {SEVERITY_WORDS[severity]}
            </span>
          </Row>
        ))}
        {types.map((type) => (
          <Row key={type} counts={summary.byType[type]} before={before && (before.byType[type]?.tried ?? 0)}>
            {TYPE_WORDS[type]}
          </Row>
        ))}
        <Row counts={summary} before={before && before.tried} isTotal>
          All
        </Row>
      </tbody>
    </table>
  );
}

const NONE: NowAndTried = { now: 0, tried: 0 };

type RowProps = {
  readonly counts: NowAndTried | undefined;
  /** Null where there is no column for it. */
  readonly before: number | null;
  readonly isTotal?: boolean;
  readonly children: ReactNode;
};

function Row({ counts = NONE, before, isTotal = false, children }: RowProps) {
  return (
    <tr className={isTotal ? 'border-t font-semibold' : ''}>
      <th scope="row" className={isTotal ? 'py-1.5' : 'py-1 font-normal'}>
        {children}
      </th>
      <td className="text-right">{counted.format(counts.now)}</td>
      {before !== null && <td className="text-right text-secondary">{counted.format(before)}</td>}
      <td className="text-right">{counted.format(counts.tried)}</td>
      <td className="text-right text-secondary">{difference.format(counts.tried - counts.now).replace('-', '−')}</td>
    </tr>
  );
}
