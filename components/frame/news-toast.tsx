import { X } from 'lucide-react';
import Link from 'next/link';
import { type Digest, digestEvents } from '../../hooks/news-digest.ts';
import { usePreferences } from '../../hooks/use-preferences.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { Button } from '../ui/button.tsx';
import { alertAddress, alertWords, newsTitle, teamsWords } from '../words/news-words.ts';
import { Unbroken } from '../words/unbroken.tsx';

/** As many events stand in a toast; the rest is a link to the list. */
const MAX_EVENTS = 3;

type NewsToastProps = {
  readonly kind: 'critical' | 'other';
  readonly digest: Digest;
  readonly onClose: () => void;
};

/** News in one toast: how many, then event by event what moved most, each a link to its row. */
export function NewsToast({ kind, digest, onClose }: NewsToastProps) {
  const { odds } = usePreferences();
  const events = digestEvents(digest);
  const left = events.length - MAX_EVENTS;
  const title = newsTitle({ alerts: digest.alerts.length, events: events.length, isPartial: digest.isPartial }, kind);
  return (
    <section
      aria-label={title}
      // It grows with every message. Who does not see it hears of it in a sentence of its own, in its own time.
      aria-live="off"
      className="relative w-full min-w-0 pr-6 font-normal"
    >
      <p className="font-semibold">{title}</p>
      {/* Over a phone's sheet there is room for the title alone. */}
      <ul className="mt-1 in-data-[y-position=top]:hidden">
        {events.slice(0, MAX_EVENTS).map(({ eventId, alerts: [first, ...others] }) => (
          <li key={eventId} className="flex items-start gap-2 py-1">
            <SeverityMark severity={first.severity} className="mt-1 size-3" />
            {/* With every announcement these lead elsewhere: to load ahead what they lead to would be six pages each. */}
            <Link
              href={alertAddress(first)}
              prefetch={false}
              onClick={onClose}
              className="group min-w-0 flex-1 rounded-sm"
            >
              <span className="block truncate font-medium group-hover:underline">
                <bdi>{teamsWords(first)}</bdi>
              </span>
              <span className="line-clamp-2 text-quiet text-secondary">
                <Unbroken>{alertWords(first, odds)}</Unbroken>
                {others.length > 0 && ` · ${others.length} more`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Link
          href="/risk-monitoring"
          onClick={onClose}
          className="text-quiet text-accent underline-offset-4 in-data-[y-position=top]:hidden hover:underline"
        >
          and {left} more {left === 1 ? 'event' : 'events'}
        </Link>
      )}
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label={`Close: ${title}`}
        onClick={onClose}
        className="absolute -top-1.5 -right-2"
      >
        <X />
      </Button>
    </section>
  );
}
