import { useId } from 'react';
import { cn } from '../ui/class-names.ts';

export type Choice<Value extends string> = {
  readonly value: Value;
  readonly words: string;
  /** What a thing looks like under this choice. */
  readonly example?: string;
};

type ChoiceRowProps<Value extends string> = {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
  /** Where what stands around it says already what is chosen. */
  readonly hidesLabel?: boolean;
};

/** A few choices of which one holds: real radio buttons, so that the arrow keys move among them. */
export function ChoiceRow<Value extends string>({
  label,
  choices,
  chosen,
  onChoose,
  hidesLabel = false,
}: ChoiceRowProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className={hidesLabel ? 'sr-only' : 'mb-1.5 text-quiet font-medium text-secondary'}>{label}</legend>
      <div
        className={cn(
          'grid gap-0.5 rounded-md bg-chip p-0.5',
          choices.length > 3 ? 'grid-cols-4' : 'auto-cols-fr grid-flow-col',
        )}
      >
        {choices.map(({ value, words, example }) => (
          <label
            key={value}
            className="relative flex min-h-7 flex-col items-center justify-center rounded-sm px-1 py-1 text-quiet text-secondary hover:text-ink has-checked:bg-panel has-checked:font-medium has-checked:text-ink has-checked:ring-1 has-checked:ring-rule-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              className="absolute inset-0 opacity-0"
            />
            {words}
            {example !== undefined && <span className="font-normal text-secondary">{example}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
