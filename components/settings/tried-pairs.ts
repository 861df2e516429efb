import type { TriedAlert, TryLine } from '../../contracts/settings-try.ts';

export type TryResult = Extract<TryLine, { readonly kind: 'result' }>;

/** One alert of the comparison: only then, only with the tried settings, or both, maybe of other severity. */
export type Compared =
  | { readonly kind: 'added'; readonly tried: TriedAlert; readonly stored: null }
  | { readonly kind: 'gone'; readonly tried: null; readonly stored: TriedAlert }
  | { readonly kind: 'changed' | 'same'; readonly tried: TriedAlert; readonly stored: TriedAlert };
export type ComparedKind = Compared['kind'];

const subjectOf = ({ eventId, bookmaker, market, line, outcome, type }: TriedAlert): string =>
  JSON.stringify([eventId, bookmaker, market, line, outcome, type]);

const atOf = ({ at }: TriedAlert): number => Date.parse(at);

/** Until when both lists are whole: a list that was cut ends before the range does. */
function wholeUntilMs({ fired, stored, truncated, summary }: TryResult): number {
  if (!truncated) return Infinity;
  const ends = [
    ...(fired.length < summary.tried ? [fired.at(-1)] : []),
    ...(stored.length < summary.now ? [stored.at(-1)] : []),
  ].flatMap((last) => (last === undefined ? [] : [atOf(last)]));
  return Math.min(Infinity, ...ends);
}

/**
 * What fired beside what would have fired, by time. Alerts about the same thing are told to be the same one after
 * the other, so that two alerts of a move that were one are one `same` and one `gone`.
 */
export function compare(result: TryResult): { readonly alerts: readonly Compared[]; readonly untilMs: number } {
  const untilMs = wholeUntilMs(result);
  const within = (alerts: readonly TriedAlert[]) => alerts.filter((alert) => atOf(alert) <= untilMs);
  const open = Map.groupBy(within(result.stored), subjectOf);
  const fired = within(result.fired).map((tried): Compared => {
    const stored = open.get(subjectOf(tried))?.shift();
    if (stored === undefined) return { kind: 'added', tried, stored: null };
    return { kind: stored.severity === tried.severity ? 'same' : 'changed', tried, stored };
  });
  const gone = [...open.values()].flat().map((stored): Compared => ({ kind: 'gone', tried: null, stored }));
  const alerts = [...fired, ...gone].toSorted((one, other) => atOf(shownOf(one)) - atOf(shownOf(other)));
  return { alerts, untilMs };
}

/** The one of the two that tells what happened: the tried one, or the stored one where none was tried. */
export const shownOf = (compared: Compared): TriedAlert => compared.tried ?? compared.stored;
