import { useId, useState } from 'react';
import { MAX_REASON_CHARACTERS } from '../../contracts/limits.ts';
import { MARKETS } from '../../contracts/market.ts';
import { deskTime } from '../../hooks/desk-clock.ts';
import type { MuteTarget } from '../../hooks/mute-target.ts';
import { useMuting } from '../../hooks/use-mutes.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Input } from '../ui/field.tsx';
import { RadioRow } from '../ui/radio-row.tsx';
import { PartChoice } from '../ui/part-choice.tsx';
import { MARKET_WORDS } from '../words/market-words.ts';
import { scopeWords } from '../words/mute-words.ts';
import { MUTE_ENDS, MUTE_END_WORDS, type MuteEnd, localTimeField, untilOf } from './mute-end.ts';
import { SCOPE_CHOICES, SCOPE_CHOICE_WORDS, type ScopeChoice, scopeOf } from './mute-scopes.ts';

const HOUR_MS = 3_600_000;
const hasKickoff = (choice: ScopeChoice): boolean => choice === 'event' || choice === 'event_market';
const nowOfDesk = (): number => deskTime.deskNow() ?? Date.now();

type MuteDialogProps = { readonly target: MuteTarget; readonly onClose: () => void };

/** What to keep quiet, how long and why. Loaded when it is first asked for. */
export default function MuteDialog({ target, onClose }: MuteDialogProps) {
  const names = useId();
  const [choice, setChoice] = useState<ScopeChoice>('event');
  const [bookmaker, setBookmaker] = useState(target.bookmakers[0]);
  const [market, setMarket] = useState(target.markets[0]);
  const [end, setEnd] = useState<MuteEnd>('kickoff');
  const [time, setTime] = useState(() => localTimeField(nowOfDesk() + HOUR_MS));
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const { mute } = useMuting();

  function choose(next: ScopeChoice): void {
    setChoice(next);
    if (!hasKickoff(next) && end === 'kickoff') setEnd('hour');
  }

  async function send(): Promise<void> {
    const scope = scopeOf(choice, target, { bookmaker, market });
    const nowMs = nowOfDesk();
    const until = untilOf(end, time, nowMs);
    if (scope === undefined) return;
    if (until === null || (until !== 'kickoff' && Date.parse(until) <= nowMs)) {
      setProblem('Choose a time that is still to come.');
      return;
    }
    setProblem(null);
    setIsSending(true);
    const isMuted = await mute({ scope, until, reason: reason.trim() }, scopeWords(scope, target.event));
    setIsSending(false);
    if (isMuted) onClose();
  }

  function partOf(option: ScopeChoice) {
    switch (option) {
      case 'event':
        return `${target.event.home} v ${target.event.away}`;
      case 'league':
        return `${target.event.league}, ${target.event.country}`;
      case 'bookmaker':
        return (
          <PartChoice
            label="Which bookmaker"
            options={target.bookmakers.map((value) => ({ value, words: value }))}
            value={bookmaker ?? ''}
            onChange={(value) => {
              setBookmaker(value);
              choose('bookmaker');
            }}
          />
        );
      case 'event_market':
      case 'market':
        return (
          <PartChoice
            label={option === 'market' ? 'Which market everywhere' : 'Which market of this event'}
            options={target.markets.map((value) => ({ value, words: MARKET_WORDS[value] }))}
            value={market ?? ''}
            onChange={(value) => {
              setMarket(MARKETS.find((known) => known === value));
              choose(option);
            }}
          />
        );
    }
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Mute"
      description="Muted alerts are stored and can be looked at; they leave New, badge and sound until the end you choose."
    >
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send(); // a failure is told in a toast
        }}
      >
        <fieldset>
          <legend className="text-quiet font-medium text-secondary">What</legend>
          {SCOPE_CHOICES.map((option) => (
            <RadioRow
              key={option}
              name={`${names}-what`}
              label={SCOPE_CHOICE_WORDS[option]}
              isChecked={choice === option}
              onCheck={() => choose(option)}
            >
              {partOf(option)}
            </RadioRow>
          ))}
        </fieldset>
        <fieldset className="mt-3 border-t pt-3">
          <legend className="sr-only">How long</legend>
          {MUTE_ENDS.filter((option) => option !== 'kickoff' || hasKickoff(choice)).map((option) => (
            <RadioRow
              key={option}
              name={`${names}-end`}
              label={MUTE_END_WORDS[option]}
              isChecked={end === option}
              onCheck={() => setEnd(option)}
            >
              {option === 'time' && (
                <Input
                  type="datetime-local"
                  aria-label="Until when, in your time zone"
                  value={time}
                  onFocus={() => setEnd('time')}
                  onChange={(event) => setTime(event.target.value)}
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
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="mt-3 h-9 w-full"
        />
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
      </form>
    </Dialog>
  );
}
