import { localTimeField } from '../mutes/mute-end.ts';
import { Input } from '../ui/field.tsx';

type InstantFieldProps = {
  readonly label: string;
  readonly words: string;
  readonly value: string | null;
  readonly onCommit: (instant: string | null) => void;
};

/** A date and time of the reader's zone; taken when the field is left, as half a date is none. */
export function InstantField({ label, words, value, onCommit }: InstantFieldProps) {
  const shown = value === null ? '' : localTimeField(Date.parse(value));
  return (
    <label className="flex items-center gap-2 text-quiet text-secondary">
      <span className="w-11 shrink-0">{words}</span>
      <Input
        key={shown}
        type="datetime-local"
        aria-label={label}
        defaultValue={shown}
        onBlur={({ target }) => {
          if (target.value === shown) return;
          const atMs = Date.parse(target.value);
          onCommit(Number.isNaN(atMs) ? null : new Date(atMs).toISOString());
        }}
        className="h-8 w-full flex-1 px-2! text-quiet!"
      />
    </label>
  );
}
