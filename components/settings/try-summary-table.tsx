import { ALERT_TYPES, SEVERITIES } from '../../contracts/alert-words.ts';
import type { NowAndTried, TrySummary } from '../../contracts/settings-try.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { SEVERITY_WORDS, TYPE_WORDS } from '../words/market-words.ts';
import type { ReactNode } from 'react';

const counted = new Intl.NumberFormat('en-GB');
const difference = new Intl.NumberFormat('en-GB', { signDisplay: 'exceptZero' });

/** How many alerts of each severity and type there were, and would have been. */
export function TrySummaryTable({ summary }: { readonly summary: TrySummary }) {
  const types = ALERT_TYPES.filter((type) => summary.byType[type] !== undefined);
  return (
    <table className="w-full max-w-md text-left">
      <caption className="sr-only">Alerts by severity and type</caption>
      <thead>
        <tr className="border-b text-quiet text-secondary">
          <th scope="col" className="py-1.5 font-normal">
            Alerts
          </th>
          <th scope="col" className="py-1.5 text-right font-normal">
            Then
          </th>
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
          <Row key={severity} counts={summary.bySeverity[severity]}>
            <span className="inline-flex items-center gap-2">
              <SeverityMark severity={severity} silent className="size-3" />
              {SEVERITY_WORDS[severity]}
            </span>
          </Row>
        ))}
        {types.map((type) => (
          <Row key={type} counts={summary.byType[type]}>
            {TYPE_WORDS[type]}
          </Row>
        ))}
        <Row counts={summary} isTotal>
          All
        </Row>
      </tbody>
    </table>
  );
}

const NONE: NowAndTried = { now: 0, tried: 0 };

type RowProps = {
  readonly counts: NowAndTried | undefined;
  readonly isTotal?: boolean;
  readonly children: ReactNode;
};

function Row({ counts = NONE, isTotal = false, children }: RowProps) {
  return (
    <tr className={isTotal ? 'border-t font-semibold' : ''}>
      <th scope="row" className={isTotal ? 'py-1.5' : 'py-1 font-normal'}>
        {children}
      </th>
      <td className="text-right">{counted.format(counts.now)}</td>
      <td className="text-right">{counted.format(counts.tried)}</td>
      <td className="text-right text-secondary">{difference.format(counts.tried - counts.now).replace('-', '−')}</td>
    </tr>
  );
}
