import { useMemo, useState } from 'react';
import type { EventId } from '../../contracts/ids.ts';
import type { TriedEvent } from '../../contracts/settings-try.ts';
import { Clock } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { TriedAlertLine } from './tried-alert-line.tsx';
import { type Compared, type ComparedKind, type TryResult, compare, shownOf } from './tried-pairs.ts';

const KINDS: readonly { readonly kind: ComparedKind; readonly words: string }[] = [
  { kind: 'gone', words: 'Gone' },
  { kind: 'added', words: 'Added' },
  { kind: 'changed', words: 'Other severity' },
  { kind: 'same', words: 'Same' },
];
/** Rows that are shown at once; each has several elements, and thousands would make the page slow. */
const STEP = 50;

const counted = new Intl.NumberFormat('en-GB');

/** What would have gone, come, changed or stayed, one kind at a time. */
export function TriedList({ result }: { readonly result: TryResult }) {
  const { alerts, untilMs } = useMemo(() => compare(result), [result]);
  const byKind = useMemo(() => Map.groupBy(alerts, ({ kind }) => kind), [alerts]);
  const events = useMemo(() => new Map(result.events.map((event) => [event.id, event])), [result]);
  const [chosen, setChosen] = useState<ComparedKind | null>(null);
  const [shown, setShown] = useState(STEP);
  // Until a choice is made: what the settings would change, before what they would not.
  const kind = chosen ?? KINDS.find((each) => byKind.has(each.kind))?.kind ?? 'same';
  const rows = byKind.get(kind) ?? [];

  if (alerts.length === 0) return <p className="text-secondary">No alert then, and none with these settings.</p>;
  return (
    <section aria-label="Alerts compared" className="flex flex-col gap-3">
      <div role="group" aria-label="Which alerts" className="flex flex-wrap gap-2">
        {KINDS.map((each) => (
          <Button
            key={each.kind}
            variant="chip"
            size="quiet"
            data-on={each.kind === kind}
            aria-pressed={each.kind === kind}
            onClick={() => {
              setChosen(each.kind);
              setShown(STEP);
            }}
          >
            {each.words} {counted.format(byKind.get(each.kind)?.length ?? 0)}
          </Button>
        ))}
      </div>
      {rows.length === 0 && <p className="text-secondary">None.</p>}
      {rows.length > 0 && (
        <ul className="border-b">
          {rows.slice(0, shown).map((compared) => (
            <TriedAlertLine key={keyOf(compared)} compared={compared} event={eventOf(events, compared)} />
          ))}
        </ul>
      )}
      {rows.length > shown && (
        <Button className="self-start" onClick={() => setShown((before) => before + STEP)}>
          Show {Math.min(STEP, rows.length - shown)} more of {counted.format(rows.length - shown)}
        </Button>
      )}
      {untilMs !== Infinity && (
        <p className="text-quiet text-secondary">
          Listed until <Clock at={new Date(untilMs).toISOString()} />: there is more than a list holds. The table counts
          all.
        </p>
      )}
    </section>
  );
}

const eventOf = (events: ReadonlyMap<EventId, TriedEvent>, compared: Compared): TriedEvent | undefined =>
  events.get(shownOf(compared).eventId);

function keyOf(compared: Compared): string {
  const { eventId, bookmaker, market, line, outcome, type, at } = shownOf(compared);
  return JSON.stringify([compared.kind, eventId, bookmaker, market, line, outcome, type, at]);
}
