import type { Settings } from '../contracts/settings.ts';

/**
 * Settles which book is the own one when the stored settings name another than this start does. Who asks for one by
 * `OWN_BOOKMAKER` gets it, and it is stored, as all processes on one database go by one own book; a mere default
 * gives way to what is stored. Either is said. Resolves with the settings in force.
 */
export async function settleOwnBookmaker<Stored extends { readonly settings: Settings }>(options: {
  readonly stored: Stored;
  /** What `OWN_BOOKMAKER` says, if anything. */
  readonly asked: string | undefined;
  /** The own book that comes with this feed. */
  readonly byDefault: string;
  readonly save: (settings: Settings) => Promise<Stored>;
  readonly say: (text: string) => void;
}): Promise<Stored> {
  const { stored, asked, byDefault } = options;
  const { ownBookmaker } = stored.settings;
  if (ownBookmaker === (asked ?? byDefault)) return stored;
  if (asked === undefined) {
    options.say(
      `the settings name "${ownBookmaker}" as the own book, not "${byDefault}"; OWN_BOOKMAKER would change it`,
    );
    return stored;
  }
  const saved = await options.save({ ...stored.settings, ownBookmaker: asked });
  options.say(`OWN_BOOKMAKER made "${asked}" the own book; the settings had named "${ownBookmaker}"`);
  return saved;
}

/** What to say when the own book changed under a running process, that asked for one by `OWN_BOOKMAKER` or not. */
export function ownBookmakerChanged(
  asked: string | undefined,
  { before, now }: { readonly before: string; readonly now: string },
): string {
  const changed = `the own book is now "${now}" and no longer "${before}"`;
  if (asked === undefined || asked === now) return changed;
  return (
    `${changed}, though OWN_BOOKMAKER of this process is "${asked}": somebody saved it, or another process was started ` +
    'with that one; give all processes on one database the same OWN_BOOKMAKER or none'
  );
}
