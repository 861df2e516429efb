import { useState } from 'react';
import { Confirm } from '../ui/confirm.tsx';
import { Textarea } from '../ui/field.tsx';

type AcknowledgeAllDialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly count: number;
  readonly isNarrowed: boolean;
  readonly onAcknowledge: (note: string) => void;
};

/** The question before everything that matches is taken off the desk. Loaded when it is asked. */
export default function AcknowledgeAllDialog(props: AcknowledgeAllDialogProps) {
  const { isOpen, onOpenChange, count, isNarrowed, onAcknowledge } = props;
  const [note, setNote] = useState('');
  return (
    <Confirm
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Acknowledge ${count} ${count === 1 ? 'alert' : 'alerts'}?`}
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
