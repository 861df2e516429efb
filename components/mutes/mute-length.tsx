import { useId } from 'react';
import { MAX_REASON_CHARACTERS } from '../../contracts/limits.ts';
import type { MuteRequestInput } from '../../contracts/mute.ts';
import { deskTime } from '../../hooks/desk-clock.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { Input } from '../ui/field.tsx';
import { RadioRow } from '../ui/radio-row.tsx';
import { MUTE_ENDS, MUTE_END_WORDS, type MuteEnd, localTimeField, untilOf } from './mute-end.ts';

const HOUR_MS = 3_600_000;
export const NOT_AHEAD = 'Choose a time that is still to come.';
const nowOfDesk = (): number => deskTime.deskNow() ?? Date.now();

/** How long a mute lasts and why, as it is being chosen. `time` is that of a field, in the reader's zone. */
type Length = { readonly end: MuteEnd; readonly time: string; readonly reason: string };

export const firstLength = (): Length => ({
  end: 'kickoff',
  time: localTimeField(nowOfDesk() + HOUR_MS),
  reason: '',
});

/** The end that was chosen; null where it is no time ahead. */
export function untilAhead({ end, time }: Length): MuteRequestInput['until'] | null {
  const nowMs = nowOfDesk();
  const until = untilOf(end, time, nowMs);
  return until !== null && (until === 'kickoff' || Date.parse(until) > nowMs) ? until : null;
}

type MuteLengthProps = {
  readonly length: Length;
  readonly onChange: (length: Length) => void;
  /** What is muted has a kickoff that can end it. */
  readonly hasKickoff: boolean;
  readonly className?: string;
};

/** Asks how long, and why. */
export function MuteLength({ length, onChange, hasKickoff, className }: MuteLengthProps) {
  const name = useId();
  const choose = (end: MuteEnd): void => onChange({ ...length, end });
  return (
    <>
      <fieldset className={cn('min-w-0', className)}>
        <legend className="sr-only">How long</legend>
        {MUTE_ENDS.filter((option) => option !== 'kickoff' || hasKickoff).map((option) => (
          <RadioRow
            key={option}
            name={name}
            label={MUTE_END_WORDS[option]}
            isChecked={length.end === option}
            onCheck={() => choose(option)}
          >
            {option === 'time' && (
              <Input
                type="datetime-local"
                aria-label="Until when, in your time zone"
                value={length.time}
                onFocus={() => choose('time')}
                onChange={(event) => onChange({ ...length, end: 'time', time: event.target.value })}
                className="h-8 w-52 px-2! text-quiet!"
              />
            )}
          </RadioRow>
        ))}
      </fieldset>
      <Input
        aria-label="Reason (optional)"
        placeholder="Reason (optional)"
        maxLength={MAX_REASON_CHARACTERS}
        value={length.reason}
        onChange={(event) => onChange({ ...length, reason: event.target.value })}
        className="mt-3 h-9 w-full"
      />
    </>
  );
}

type MuteFootProps = { readonly problem: string | null; readonly isSending: boolean; readonly onClose: () => void };

/** What is wrong with the choice, and the two ways out of it. */
export function MuteFoot({ problem, isSending, onClose }: MuteFootProps) {
  return (
    <>
      {problem !== null && (
        <p role="alert" className="mt-2 text-critical-ink">
          {problem}
        </p>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isSending}>
          Mute
        </Button>
      </div>
    </>
  );
}
