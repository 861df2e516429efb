import { BellOff, Check, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { KeyHint } from '../keys/key-hint.tsx';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { selectedWords } from '../words/waiting-words.ts';

type SelectionBarProps = {
  readonly count: number;
  /** Absent where nothing can be acknowledged. */
  readonly onAcknowledge?: ((note: string) => void) | undefined;
  /** Absent where nothing can be kept quiet; null where the selection is of too many events. */
  readonly onMute?: (() => void) | null | undefined;
  readonly onClear: () => void;
};

/** What can be done with the chosen alerts: one request and one note for all of them. */
export function SelectionBar({ count, onAcknowledge, onMute, onClear }: SelectionBarProps) {
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
      {onMute !== undefined && (
        <Button
          size="quiet"
          aria-haspopup="dialog"
          disabled={onMute === null}
          title={onMute === null ? 'Too many events: mute their league or bookmaker' : undefined}
          onClick={() => onMute?.()}
        >
          <BellOff /> <span className="sr-only @md:not-sr-only">Mute</span> <KeyHint command="mute" />
        </Button>
      )}
      <Button variant="ghost" size="quiet" onClick={onClear}>
        <X /> <span className="sr-only @lg:not-sr-only">Clear</span> <KeyHint command="back" />
      </Button>
    </form>
  );
}
