import type { Choice } from './menu.tsx';

type PartChoiceProps = {
  readonly label: string;
  readonly options: readonly Choice[];
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** One of a few names within a sentence; a single one is only said. */
export function PartChoice({ label, options, value, onChange }: PartChoiceProps) {
  if (options.length < 2) return options[0]?.words;
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-8 max-w-full rounded-md border border-rule-strong bg-panel px-2 text-body text-ink"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.words}
        </option>
      ))}
    </select>
  );
}
