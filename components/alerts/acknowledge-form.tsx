import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { Age } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { countText } from '../words/group-words.ts';

type AcknowledgeFormProps = {
  readonly alert: Alert;
  /** The alerts of the same event in the list, this one among them. */
  readonly group: AlertGroup | undefined;
  readonly onAcknowledge: (alert: Alert, note: string) => void;
  readonly onAcknowledgeGroup: (group: AlertGroup, note: string) => void;
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
  const { alert, group, onAcknowledge, onAcknowledgeGroup, onUnacknowledge } = props;
  const [note, setNote] = useState('');

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
            <Undo2 /> Unacknowledge
          </Button>
        </div>
      );
    case 'new':
      return (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onAcknowledge(alert, note.trim());
            setNote('');
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
            {group?.strongest.status === 'new' && group.alerts.length > 1 && (
              <Button
                onClick={() => {
                  onAcknowledgeGroup(group, note.trim());
                  setNote('');
                }}
              >
                All {countText(group)} of this event
              </Button>
            )}
          </div>
        </form>
      );
  }
}
