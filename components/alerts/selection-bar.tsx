import { Check, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { KeyHint } from '../keys/key-hint.tsx';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { selectedWords } from '../words/waiting-words.ts';

type SelectionBarProps = {
  readonly count: number;
  /** Absent where nothing can be acknowledged. */
  readonly onAcknowledge?: ((note: string) => void) | undefined;
  readonly onClear: () => void;
};

/** What can be done with the chosen alerts: one request and one note for all of them. */
export function SelectionBar({ count, onAcknowledge, onClear }: SelectionBarProps) {
  const [note, setNote] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    onAcknowledge?.(note.trim());
  }

  return (
    <form
      aria-label={selectedWords(count)}
      onSubmit={submit}
      className="flex min-w-0 flex-1 items-center gap-1.5 text-body text-ink"
    >
      <output className="mr-1 shrink-0 font-semibold">{selectedWords(count)}</output>
      {onAcknowledge && (
        <>
          <Input
            aria-label="Note for the desk (optional)"
            placeholder="Note for the desk (optional)"
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            className="hidden h-7 w-56 shrink @lg:block"
          />
          <Button type="submit" variant="primary" size="quiet">
            <Check /> Acknowledge <KeyHint command="acknowledge" />
          </Button>
        </>
      )}
      <Button variant="ghost" size="quiet" onClick={onClear}>
        <X /> Clear <KeyHint command="back" />
      </Button>
    </form>
  );
}
