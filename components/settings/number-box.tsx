import { useState } from 'react';
import { Input } from '../ui/field.tsx';
import { cn } from '../ui/class-names.ts';
import { numberText, readNumber } from './number-text.ts';

type NumberBoxProps = {
  /** A number, or the text that was typed and is none. */
  readonly value: unknown;
  readonly unit: string;
  readonly isFaulty: boolean;
  readonly onChange: (value: number | string) => void;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string | undefined;
  readonly placeholder?: string;
};

/**
 * A number with its unit. A text field, because those of numbers lose what they cannot read and change under the
 * mouse wheel. Shows what was typed as it was typed, until the focus leaves.
 */
export function NumberBox(props: NumberBoxProps) {
  const { value, unit, isFaulty, onChange, label, labelledBy, describedBy, placeholder } = props;
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className="inline-flex items-center gap-2">
      <Input
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-invalid={isFaulty || undefined}
        placeholder={placeholder}
        value={typed ?? numberText(value)}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(readNumber(event.target.value));
        }}
        onBlur={() => setTyped(null)}
        className={cn('h-8 w-18 text-right', isFaulty && 'border-critical!')}
      />
      {unit !== '' && <span className="text-quiet whitespace-nowrap text-secondary">{unit}</span>}
    </span>
  );
}
