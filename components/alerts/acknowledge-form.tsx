import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { Age } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';

type AcknowledgeFormProps = {
  readonly alert: Alert;
  /** How many new alerts the event has, this one included; unknown where not all are loaded. */
  readonly siblingCount: number | 'unknown';
  readonly onAcknowledge: (note: string) => void;
  /** Absent where the event is not on the desk. */
  readonly onAcknowledgeEvent: ((note: string) => void) | undefined;
  readonly onUnacknowledge: (alert: Alert) => void;
};

function Acknowledged({ alert }: { readonly alert: Alert }) {
  if (alert.acknowledgedAt === null) return null;
  return (
    <div className="text-secondary">
      <p>
        Acknowledged
        {alert.acknowledgedBy !== null && (
          <>
            {' '}
            by <span className="text-ink">{alert.acknowledgedBy}</span>
          </>
        )}
        , <Age at={alert.acknowledgedAt} ago />
      </p>
      {alert.note !== null && alert.note !== '' && (
        <blockquote className="mt-1 border-l-2 border-rule-strong pl-2.5 break-words text-ink">{alert.note}</blockquote>
      )}
    </div>
  );
}

/** Takes an alert, or all of its event, off the desk with a note; gives it back. What is past can be neither. */
export function AcknowledgeForm(props: AcknowledgeFormProps) {
  const { alert, siblingCount, onAcknowledge, onAcknowledgeEvent, onUnacknowledge } = props;
  const [note, setNote] = useState('');

  function acknowledge(send: (note: string) => void): void {
    send(note.trim());
    setNote('');
  }

  switch (alert.status) {
    case 'past':
      return alert.acknowledgedAt === null ? (
        <p className="text-secondary">The event began before anybody acknowledged this.</p>
      ) : (
        <Acknowledged alert={alert} />
      );
    case 'acknowledged':
      return (
        <div className="flex flex-col gap-3">
          <Acknowledged alert={alert} />
          <Button className="self-start" onClick={() => onUnacknowledge(alert)}>
            <Undo2 /> Un-acknowledge
          </Button>
        </div>
      );
    case 'new':
      return (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            acknowledge(onAcknowledge);
          }}
        >
          <Input
            aria-label="Note for the desk (optional)"
            placeholder="Note for the desk (optional)"
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            className="h-9 w-full"
          />
          <div className="mt-2.5 flex flex-wrap gap-2">
            <Button type="submit" variant="primary">
              <Check /> Acknowledge
            </Button>
            {onAcknowledgeEvent && siblingCount !== 1 && (
              <Button onClick={() => acknowledge(onAcknowledgeEvent)}>
                {siblingCount === 'unknown' ? 'All of this event' : `All ${siblingCount} of this event`}
              </Button>
            )}
          </div>
        </form>
      );
  }
}
