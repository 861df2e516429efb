import type { MemoryChange } from './advance.ts';
import type { EventState, Memory, QuoteKey } from './detection.ts';

const QUARANTINE_KEY = 'quarantine';

/** Quotes whose last word could not be meant, each with the time of the first such word in a row. */
type Quarantined = { readonly [key: QuoteKey]: number };

const quarantinedOf = (memory: ReadonlyMap<string, Memory>): Quarantined | undefined =>
  memory.get(QUARANTINE_KEY)?.since as Quarantined | undefined;

/** Whether the price that stands of a quote is one that its book does not show any more: nobody goes by it. */
export function isQuarantined(state: EventState, key: QuoteKey): boolean {
  const since = quarantinedOf(state.memory);
  return since !== undefined && since[key] !== undefined;
}

/** What is to be remembered once a quote said something that can be meant, or that cannot. */
export function quarantineChanges(
  state: EventState,
  key: QuoteKey,
  said: { readonly isMeant: boolean; readonly atMs: number },
): readonly MemoryChange[] {
  const since = quarantinedOf(state.memory);
  if ((since?.[key] !== undefined) !== said.isMeant) return [];
  const { [key]: _before, ...others } = since ?? {};
  const next = said.isMeant ? others : { ...others, [key]: said.atMs };
  return [{ key: QUARANTINE_KEY, memory: Object.keys(next).length === 0 ? null : { since: next } }];
}
