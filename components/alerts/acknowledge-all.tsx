import { CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Textarea } from '../ui/field.tsx';

type AcknowledgeAllProps = {
  readonly count: number;
  readonly isNarrowed: boolean;
  readonly onAcknowledge: (note: string) => void;
};

/** Takes everything that matches off the desk, after one question. */
export function AcknowledgeAll({ count, isNarrowed, onAcknowledge }: AcknowledgeAllProps) {
  const [note, setNote] = useState('');
  const noun = count === 1 ? 'alert' : 'alerts';
  return (
    <Confirm
      trigger={
        <Button disabled={count === 0}>
          <CheckCheck /> Acknowledge all
        </Button>
      }
      title={`Acknowledge ${count} ${noun}?`}
      description={isNarrowed ? 'All new alerts that fit the filters in force.' : 'All new alerts of the desk.'}
      action={`Acknowledge ${count}`}
      onConfirm={() => {
        onAcknowledge(note.trim());
        setNote('');
      }}
    >
      <Textarea
        aria-label="Note for the desk (optional)"
        placeholder="Note for the desk (optional)"
        rows={2}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </Confirm>
  );
}
