import { useId, useState } from 'react';
import { MARKETS } from '../../contracts/market.ts';
import type { MuteTarget } from '../../hooks/mute-target.ts';
import { useMuting } from '../../hooks/use-mutes.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RadioRow } from '../ui/radio-row.tsx';
import { PartChoice } from '../ui/part-choice.tsx';
import { MARKET_WORDS } from '../words/market-words.ts';
import { scopeWords } from '../words/mute-words.ts';
import { MuteFoot, MuteLength, NOT_AHEAD, firstLength, untilAhead } from './mute-length.tsx';
import { SCOPE_CHOICES, SCOPE_CHOICE_WORDS, type ScopeChoice, scopeOf } from './mute-scopes.ts';

const hasKickoff = (choice: ScopeChoice): boolean => choice === 'event' || choice === 'event_market';

type MuteDialogProps = { readonly target: MuteTarget; readonly onClose: () => void };

/** What to keep quiet, how long and why. Loaded when it is first asked for. */
export default function MuteDialog({ target, onClose }: MuteDialogProps) {
  const names = useId();
  const [choice, setChoice] = useState<ScopeChoice>('event');
  const [bookmaker, setBookmaker] = useState(target.bookmakers[0]);
  const [market, setMarket] = useState(target.markets[0]);
  const [length, setLength] = useState(firstLength);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const { mute } = useMuting();

  function choose(next: ScopeChoice): void {
    setChoice(next);
    if (!hasKickoff(next) && length.end === 'kickoff') setLength({ ...length, end: 'hour' });
  }

  async function send(): Promise<void> {
    const scope = scopeOf(choice, target, { bookmaker, market });
    if (scope === undefined) return;
    const until = untilAhead(length);
    if (until === null) return setProblem(NOT_AHEAD);
    setProblem(null);
    setIsSending(true);
    const isMuted = await mute({ scope, until, reason: length.reason.trim() }, scopeWords(scope, target.event));
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
        {/* A fieldset is as wide as its longest name, unless told otherwise. */}
        <fieldset className="min-w-0">
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
        <MuteLength
          length={length}
          onChange={setLength}
          hasKickoff={hasKickoff(choice)}
          className="mt-3 border-t pt-3"
        />
        <MuteFoot problem={problem} isSending={isSending} onClose={onClose} />
      </form>
    </Dialog>
  );
}
