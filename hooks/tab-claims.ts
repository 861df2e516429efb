import type { Watermark } from '../contracts/watermark.ts';

export type ClaimStorage = { readonly read: () => string | null; readonly write: (text: string) => void };
/** Runs `work` while no other tab runs its own under the same name. */
export type Exclusive = <Result>(name: string, work: () => Result) => Promise<Result>;

type Claimed = { readonly seq: number };

function claimedSeq(text: string | null, epoch: string): number {
  if (text === null) return -1;
  const [claimedEpoch, seq] = text.split(' ');
  return claimedEpoch === epoch ? Number(seq) : -1;
}

/**
 * Of what several tabs hear at about the same time, each gets what no other has claimed before: the first that comes
 * does what only one may do. No tab leads, so none has to be followed when it closes or sleeps.
 */
export function createTabClaims(name: string, { storage, exclusive }: { storage: ClaimStorage; exclusive: Exclusive }) {
  /** Those of `items` that nobody claimed yet; they are this tab's from now on. */
  return function claim<Item extends Claimed>(items: readonly Item[], { epoch }: Watermark): Promise<readonly Item[]> {
    return exclusive(name, () => {
      const upTo = claimedSeq(storage.read(), epoch);
      const mine = items.filter(({ seq }) => seq > upTo);
      if (mine.length > 0) storage.write(`${epoch} ${Math.max(...mine.map(({ seq }) => seq))}`);
      return mine;
    });
  };
}

/** Web Locks, or, where a page without TLS has none, no exclusion: two tabs of one moment may then both do it. */
const exclusively: Exclusive = async (name, work) => {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(name, work);
};

/** Claims among the tabs of this browser. Where it lets nothing be stored each tab stands for itself. */
export function browserClaims(name: string) {
  let kept: string | null = null;
  const storage: ClaimStorage = {
    read() {
      try {
        return localStorage.getItem(name);
      } catch {
        return kept;
      }
    },
    write(text) {
      kept = text;
      try {
        localStorage.setItem(name, text);
      } catch {
        // Blocked or full: `kept` holds for this tab.
      }
    },
  };
  return createTabClaims(name, { storage, exclusive: exclusively });
}
