import { useId } from 'react';
import { MARKETS } from '../../contracts/market.ts';
import { MARKET_WORDS } from '../words/market-words.ts';
import { type EditorProps, namesOf, partsOf, withPart } from './editor-props.ts';
import { NumberBox } from './number-box.tsx';

/** On or off. */
export function SwitchEditor({ value, onChange, labelledBy, describedBy }: EditorProps) {
  const isOn = value === true;
  return (
    <span className="inline-flex items-center gap-2.5">
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="relative h-5 w-9 appearance-none rounded-full border border-rule-strong bg-chip transition-colors duration-100 before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-secondary before:transition-transform before:duration-100 checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-on-accent"
      />
      <span aria-hidden className="text-secondary">
        {isOn ? 'On' : 'Off'}
      </span>
    </span>
  );
}

/** Which of the markets. */
export function MarketsEditor({ value, onChange, labelledBy, describedBy }: EditorProps) {
  const chosen = namesOf(value);
  return (
    <div
      role="group"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="grid grid-cols-2 gap-x-4 gap-y-2"
    >
      {MARKETS.map((market) => (
        <label key={market} className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={chosen.includes(market)}
            onChange={(event) => {
              const isWanted = event.target.checked;
              // In the contract's order, so that taking a choice back is no change.
              onChange(MARKETS.filter((each) => (each === market ? isWanted : chosen.includes(each))));
            }}
            className="size-4 shrink-0 accent-accent"
          />
          {MARKET_WORDS[market]}
        </label>
      ))}
    </div>
  );
}

/** A weight for each market; an empty field counts once. */
export function MarketWeightsEditor({ value, onChange, labelledBy, describedBy, faultOf }: EditorProps) {
  const weights = partsOf(value);
  return (
    <div role="group" aria-labelledby={labelledBy} className="flex flex-col gap-1.5">
      {MARKETS.map((market) => (
        <span key={market} className="flex items-center justify-between gap-4">
          <span aria-hidden>{MARKET_WORDS[market]}</span>
          <NumberBox
            value={weights[market]}
            unit="times"
            label={MARKET_WORDS[market]}
            describedBy={describedBy}
            placeholder="1"
            isFaulty={faultOf(market) !== undefined}
            onChange={(next) => onChange(withPart(value, market, next === '' ? undefined : next))}
          />
        </span>
      ))}
    </div>
  );
}

/** Which markets belong together: each by itself, or with others in a group. */
export function MarketGroupsEditor({ value, onChange, labelledBy, describedBy }: EditorProps) {
  const id = useId();
  const groups = Array.isArray(value) ? value.map(namesOf) : [];

  function move(market: string, to: number): void {
    const others = [...groups, []].map((group) => group.filter((each) => each !== market));
    const next = others.map((group, index) =>
      index === to ? MARKETS.filter((each) => each === market || group.includes(each)) : group,
    );
    onChange(next.filter((group) => group.length > 0));
  }

  return (
    <div role="group" aria-labelledby={labelledBy} aria-describedby={describedBy} className="flex flex-col gap-1.5">
      {MARKETS.map((market) => (
        <span key={market} className="flex items-center justify-between gap-4">
          <label htmlFor={`${id}-${market}`}>{MARKET_WORDS[market]}</label>
          <select
            id={`${id}-${market}`}
            value={groups.findIndex((group) => group.includes(market))}
            onChange={(event) => move(market, Number(event.target.value))}
            className="h-8 w-32 rounded-md border border-rule-strong bg-panel px-2 text-body text-ink"
          >
            <option value={-1}>By itself</option>
            {groups.map((group, index) => (
              <option key={group.join(' ')} value={index}>
                Group {index + 1}
              </option>
            ))}
            <option value={groups.length}>New group</option>
          </select>
        </span>
      ))}
    </div>
  );
}
