import { useQuery } from '@tanstack/react-query';
import { WORST_FIRST } from '../../contracts/alert-words.ts';
import { queries } from '../../hooks/browser-api.ts';
import { SEVERITY_WORDS } from '../words/market-words.ts';
import { SeverityMark } from './severity-mark.tsx';

/** The third pane before anything is chosen: the key to the marks, with the bands in force. */
export function NothingSelected() {
  // Only what the server put into the page: a legend is not worth a request with every announcement.
  const settings = useQuery({ ...queries.settings(), enabled: false }).data?.settings;
  return (
    <div className="flex h-full flex-col justify-center gap-5 px-8 text-secondary">
      <p className="text-base font-semibold text-ink">Choose an alert to see why it fired.</p>
      <ul className="flex flex-col gap-2.5">
        {WORST_FIRST.map((severity) => (
          <li key={severity} className="flex items-center gap-2.5">
            <SeverityMark severity={severity} silent className="size-3.5" />
            <span className="text-ink">{SEVERITY_WORDS[severity]}</span>
            <span className="ml-auto">
              {settings && `price moved ${settings.priceChangePercent[severity]}% or more`}
            </span>
          </li>
        ))}
      </ul>
      <p className="text-quiet">
        A price that shortens is the dangerous side and stands in <span className="text-critical-ink">red</span>; one
        that drifts stands in <span className="text-elevated-ink">orange</span>.
      </p>
    </div>
  );
}
