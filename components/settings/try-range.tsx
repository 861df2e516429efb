import { useId } from 'react';
import { MAX_TRY_DAYS } from '../../contracts/settings-try.ts';
import { Input } from '../ui/field.tsx';
import type { TryRange } from './use-try.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** `from` and `to` as the browser's own field writes them: local time without a zone. */
export type RangeChoice =
  | { readonly kind: 'day' }
  | { readonly kind: 'week' }
  | { readonly kind: 'custom'; readonly from: string; readonly to: string };

/** The chosen stretch of time, or what is missing to it. */
export function rangeOf(choice: RangeChoice, nowMs: number): TryRange | string {
  if (choice.kind === 'day') return { fromMs: nowMs - DAY_MS, toMs: nowMs, words: 'the last 24 hours' };
  if (choice.kind === 'week') return { fromMs: nowMs - 7 * DAY_MS, toMs: nowMs, words: 'the last 7 days' };
  const [fromMs, toMs] = [Date.parse(choice.from), Date.parse(choice.to)];
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return 'Say from when to when.';
  if (toMs <= fromMs) return 'The end must be later than the beginning.';
  if (toMs - fromMs > MAX_TRY_DAYS * DAY_MS) return `At most ${MAX_TRY_DAYS} days can be tried at once.`;
  return { fromMs, toMs, words: 'the chosen time' };
}

const CHOICES = [
  { kind: 'day', words: 'Last 24 hours' },
  { kind: 'week', words: 'Last 7 days' },
  { kind: 'custom', words: 'Custom' },
] as const;

type TryRangeChoiceProps = { readonly choice: RangeChoice; readonly onChange: (choice: RangeChoice) => void };

/** Which stretch of the stored history. */
export function TryRangeChoice({ choice, onChange }: TryRangeChoiceProps) {
  const id = useId();
  return (
    <fieldset className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <legend className="sr-only">Stretch of history</legend>
      {CHOICES.map(({ kind, words }) => (
        <label key={kind} className="flex min-h-8 items-center gap-2">
          <input
            type="radio"
            name={`${id}-range`}
            checked={choice.kind === kind}
            onChange={() => onChange(kind === 'custom' ? { kind, from: '', to: '' } : { kind })}
            className="size-4 accent-accent"
          />
          {words}
        </label>
      ))}
      {choice.kind === 'custom' && (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {(['from', 'to'] as const).map((end) => (
            <span key={end} className="flex items-center gap-2">
              <label htmlFor={`${id}-${end}`} className="text-secondary">
                {end === 'from' ? 'From' : 'To'}
              </label>
              <Input
                id={`${id}-${end}`}
                type="datetime-local"
                value={choice[end]}
                onChange={(event) => onChange({ ...choice, [end]: event.target.value })}
                className="h-8 w-52"
              />
            </span>
          ))}
        </span>
      )}
    </fieldset>
  );
}
