import { ChevronRight } from 'lucide-react';
import type { AlertWithExplanation } from '../../contracts/alert.ts';
import { SEVERITIES } from '../../contracts/alert-words.ts';
import { Clock } from '../time/clock.tsx';
import { inputWords } from '../words/input-words.ts';
import { selectionWords } from '../words/market-words.ts';
import { percentText, pointsText } from '../words/number-words.ts';
import { Odds, PriceChange, useOddsFormat } from '../words/odds.tsx';
import { spanWords } from '../words/time-words.ts';
import { Unbroken } from '../words/unbroken.tsx';
import { type OtherMove, bandWords, othersMoved, othersWords, otherMove, ruleWords } from '../words/why-words.ts';

type WhyProps = { readonly alert: AlertWithExplanation };

function MoveWords({ move }: { readonly move: OtherMove }) {
  return (
    <>
      <bdi>{move.selection}</bdi> at <bdi>{move.bookmaker}</bdi>, from{' '}
      <Odds value={move.oldOdds} apartFrom={move.newOdds} /> to <Odds value={move.newOdds} apartFrom={move.oldOdds} /> (
      <PriceChange {...move} />)
    </>
  );
}

/**
 * How a price moved (a word that holds in every format of odds), from where and when, how fast, and from where on that is so
 * severe.
 */
function MoveSentence({ alert }: WhyProps) {
  const { base, observedAt } = alert.explanation;
  const changePercent = alert.changePercent ?? 0;
  const raising = otherMove(alert.explanation, 'raisedBy');
  const followed = otherMove(alert.explanation, 'follows');
  const { raisedBy, follows } = alert.explanation.severityInputs;
  const isAsBad = followed !== null && raisedBy === follows;
  // A severity that was taken over is not one that this move reached by itself.
  const band = raising === null ? bandWords(alert) : null;
  return (
    <>
      <bdi>{alert.bookmaker}</bdi> {changePercent < 0 ? 'shortened' : 'drifted'}{' '}
      {percentText(Math.abs(changePercent)).slice(1)} on <bdi>{selectionWords(alert)}</bdi>, from{' '}
      <Odds value={alert.oldOdds} apartFrom={alert.newOdds} />
      {base.at !== null && (
        <>
          {' '}
          at <Clock at={base.at} />
        </>
      )}{' '}
      to <Odds value={alert.newOdds} apartFrom={alert.oldOdds} />
      <Unbroken>
        {[
          alert.probabilityPoints === null ? '' : ` (fair ${pointsText(alert.probabilityPoints)})`,
          base.at === null ? '' : `, within ${spanWords(Date.parse(observedAt) - Date.parse(base.at))}`,
          band === null ? '.' : ` (${band}).`,
        ].join('')}
      </Unbroken>
      {raising !== null && !isAsBad && (
        <>
          {' '}
          Rated with <MoveWords move={raising} />, the same move from another side.
        </>
      )}
      {followed !== null && (
        <>
          {' '}
          It followed <MoveWords move={followed} />
          {isAsBad && ', and is as bad as that'}.
        </>
      )}
    </>
  );
}

/** When it was first seen, and when last where that was another time. */
function Sightings({ alert }: WhyProps) {
  if (alert.occurrences === 1 && alert.detectedAt === alert.updatedAt) return null;
  return (
    <>
      {' '}
      Opened <Clock at={alert.detectedAt} />
      {alert.occurrences > 1 && <Unbroken>{`, seen ${alert.occurrences} times`}</Unbroken>}
      {alert.worsenedAt !== null && (
        <>
          , worse since <Clock at={alert.worsenedAt} />
        </>
      )}
      .
    </>
  );
}

function KickoffSentence({ alert }: WhyProps) {
  const leftMs = Date.parse(alert.event.kickoff) - Date.parse(alert.explanation.observedAt);
  return leftMs > 0 && <Unbroken>{` Kickoff was ${spanWords(leftMs)} away.`}</Unbroken>;
}

function Paragraph({ alert }: WhyProps) {
  const format = useOddsFormat();
  const isMove = alert.type === 'price_change' && alert.changePercent !== null && alert.oldOdds !== alert.newOdds;
  const others = othersWords(othersMoved(alert.explanation, alert.changePercent ?? 0));
  return (
    <>
      {isMove ? <MoveSentence alert={alert} /> : <Unbroken>{ruleWords(alert, format)}</Unbroken>}
      <Sightings alert={alert} />
      <KickoffSentence alert={alert} />
      {isMove && others !== '' && ` ${others}`}
    </>
  );
}

/** Bands as they rise, percent before points; other thresholds after them. */
const BANDS = ['Percent', 'Points'].flatMap((unit) => SEVERITIES.map((severity) => `${severity}${unit}`));
const bandPlace = (name: string): number => (BANDS.indexOf(name) + BANDS.length + 1) % (BANDS.length + 1);

/** What the rule measured and what it was compared with, for who wants to check it. */
function Details({ alert }: WhyProps) {
  const { severityInputs, thresholds, window } = alert.explanation;
  const rows = [
    ...Object.entries(severityInputs)
      .filter(([name]) => name !== 'raisedBy' && name !== 'follows') // they stand in the sentence
      .map(([name, value]) => inputWords(name, value)),
    ...Object.entries(thresholds)
      .toSorted(([a], [b]) => bandPlace(a) - bandPlace(b))
      .map(([name, value]) => {
        const words = inputWords(name, value);
        return { name: `Threshold: ${words.name.toLowerCase()}`, value: words.value };
      }),
  ];
  return (
    <details className="group/details mt-2 text-quiet">
      <summary className="inline-flex cursor-default list-none items-center gap-1 rounded-sm text-secondary hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform duration-100 group-open/details:rotate-90" aria-hidden />
        Details
      </summary>
      <dl className="mt-1.5 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1">
        {window !== undefined && (
          <>
            <dt className="text-secondary">Looked back</dt>
            <dd className="text-right">
              {window.minutes} min, high <Odds value={window.highest} />, low <Odds value={window.lowest} />
            </dd>
          </>
        )}
        {rows.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-secondary">{name}</dt>
            <dd className="text-right break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Why it fired, as one trader would tell another; what went into it is folded away. */
export function Why({ alert }: WhyProps) {
  return (
    <section aria-label="Why">
      <p className="text-pretty text-secondary">
        <strong className="font-semibold text-ink">Why:</strong> <Paragraph alert={alert} />
      </p>
      <Details alert={alert} />
    </section>
  );
}
