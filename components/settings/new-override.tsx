import { useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { queries } from '../../hooks/browser-api.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { NameOptions } from './name-options.tsx';
import { type Where, isSameScope, scopeWords } from './scope.ts';

type NewOverrideProps = {
  readonly taken: readonly Where[];
  readonly onAdd: (where: Where) => void;
  readonly onCancel: () => void;
};

const distinct = (names: readonly string[]): string[] =>
  [...new Set(names)].toSorted((a, b) => a.localeCompare(b, 'en'));

/** Names a sport, or a league of it, anywhere or in one country: one that has matches, or any other as the feed writes it. */
export function NewOverride({ taken, onAdd, onCancel }: NewOverrideProps) {
  const [sport, setSport] = useState('');
  const [league, setLeague] = useState('');
  const [country, setCountry] = useState('');
  const id = useId();
  const events = useInfiniteQuery(queries.events()).data?.pages.flatMap((page) => page.events) ?? [];
  const sports = distinct(events.map((event) => event.sport));
  const leagues = distinct(
    events.filter((event) => sport === '' || event.sport === sport).map((event) => event.league),
  );

  const countries = distinct(
    events
      .filter((event) => event.league === league.trim() && (sport === '' || event.sport === sport))
      .map((event) => event.country),
  );

  const named = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const where: Where = {
    sport: sport.trim(),
    league: named(league),
    country: named(league) === null ? null : named(country),
  };
  const isTaken = taken.some((other) => isSameScope(other, where));
  const isReady = where.sport !== '' && !isTaken;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') onCancel();
    if (event.key !== 'Enter') return;
    // It would send the form around.
    event.preventDefault();
    if (isReady) onAdd(where);
  }

  return (
    <div role="group" aria-label="New override" className="mt-2 flex flex-col gap-2 rounded-md border p-3">
      <label htmlFor={`${id}-sport`} className="text-quiet text-secondary">
        Sport
      </label>
      <Input
        id={`${id}-sport`}
        // The button that opened it was just pressed: what comes next is typed here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        list={`${id}-sports`}
        autoComplete="off"
        value={sport}
        onChange={(event) => setSport(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <NameOptions id={`${id}-sports`} names={sports} />
      <label htmlFor={`${id}-league`} className="text-quiet text-secondary">
        League, or empty for the whole sport
      </label>
      <Input
        id={`${id}-league`}
        list={`${id}-leagues`}
        autoComplete="off"
        value={league}
        onChange={(event) => {
          setLeague(event.target.value);
          // A league names its sport.
          const known = events.find((each) => each.league === event.target.value);
          if (known !== undefined && sport === '') setSport(known.sport);
        }}
        onKeyDown={onKeyDown}
      />
      <NameOptions id={`${id}-leagues`} names={leagues} />
      {where.league !== null && (
        <>
          <label htmlFor={`${id}-country`} className="text-quiet text-secondary">
            Country, or empty for this league anywhere
          </label>
          <Input
            id={`${id}-country`}
            list={`${id}-countries`}
            autoComplete="off"
            value={country}
            onChange={(event) => setCountry(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <NameOptions id={`${id}-countries`} names={countries} />
        </>
      )}
      {isTaken && where.sport !== '' && (
        <p role="status" className="text-quiet text-secondary">
          {scopeWords(where)} has one already.
        </p>
      )}
      <div className="flex gap-2">
        <Button size="quiet" variant="primary" disabled={!isReady} onClick={() => onAdd(where)}>
          Add
        </Button>
        <Button size="quiet" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
