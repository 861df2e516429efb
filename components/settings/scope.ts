import { sportWords } from '../words/market-words.ts';

/** Settings as they stand in the form: a number that cannot be read yet is the text that was typed. */
export type Draft = Readonly<Record<string, unknown>> & { readonly overrides: readonly DraftOverride[] };
export type DraftOverride = Where & { readonly rules: Readonly<Record<string, unknown>> };

/** A sport, or a league of it, anywhere or in one country. */
export type Where = {
  readonly sport: string;
  readonly league: string | null;
  readonly country?: string | null | undefined;
};
/** For which matches a setting holds; null for all. */
export type Scope = Where | null;

export const whereOf = ({ sport, league, country }: Where): Where => ({ sport, league, country });

export const scopeKey = (scope: Scope): string =>
  scope === null ? '' : JSON.stringify([scope.sport, scope.league, scope.country ?? null]);
export const isSameScope = (one: Scope, other: Scope): boolean => scopeKey(one) === scopeKey(other);

/** `Premier League`, `Premier League (England)`. */
export const leagueWords = ({ league, country }: Where): string =>
  country === undefined || country === null ? (league ?? '') : `${league} (${country})`;

/** `All matches`, `Soccer`, `Soccer · Premier League`, `Soccer · Premier League (England)`. */
export function scopeWords(scope: Scope): string {
  if (scope === null) return 'All matches';
  return scope.league === null ? sportWords(scope.sport) : `${sportWords(scope.sport)} · ${leagueWords(scope)}`;
}

export const overrideOf = (draft: Draft, where: Where): DraftOverride | undefined =>
  draft.overrides.find((override) => isSameScope(override, where));

/** From whom a scope inherits, the nearest first. */
function ancestors(scope: Scope): readonly Scope[] {
  if (scope === null) return [];
  const { sport, league, country = null } = scope;
  if (league === null) return [null];
  const whole: Where = { sport, league: null };
  return country === null ? [whole, null] : [{ sport, league }, whole, null];
}

function ownValue(draft: Draft, scope: Scope, field: string): unknown {
  return scope === null ? draft[field] : overrideOf(draft, scope)?.rules[field];
}

/** What holds in a scope, and where it is said: in the scope itself, in what it lies in, or for all matches. */
export function standing(draft: Draft, scope: Scope, field: string): { readonly value: unknown; readonly from: Scope } {
  const from = [scope, ...ancestors(scope)].find((each) => ownValue(draft, each, field) !== undefined) ?? null;
  return { value: ownValue(draft, from, field), from };
}

/** What a scope would have without a word of its own. */
export function inherited(draft: Draft, scope: Where, field: string): ReturnType<typeof standing> {
  return standing(draft, ancestors(scope)[0] ?? null, field);
}

function withRules(
  draft: Draft,
  where: Where,
  change: (rules: DraftOverride['rules']) => DraftOverride['rules'],
): Draft {
  const known = overrideOf(draft, where);
  if (known === undefined) {
    const { sport, league, country = null } = where;
    const added = { sport, league, ...(country !== null && { country }), rules: change({}) };
    return { ...draft, overrides: [...draft.overrides, added] };
  }
  const overrides = draft.overrides.map((override) =>
    override === known ? { ...override, rules: change(override.rules) } : override,
  );
  return { ...draft, overrides };
}

/** Says a field for a scope; an override that is not there is made. */
export function withField(draft: Draft, scope: Scope, field: string, value: unknown): Draft {
  if (scope === null) return { ...draft, [field]: value };
  return withRules(draft, scope, (rules) => ({ ...rules, [field]: value }));
}

/** Lets a scope inherit a field again. */
export function withoutField(draft: Draft, scope: Where, field: string): Draft {
  return withRules(draft, scope, (rules) =>
    Object.fromEntries(Object.entries(rules).filter(([name]) => name !== field)),
  );
}

export const withOverride = (draft: Draft, where: Where): Draft => withRules(draft, where, (rules) => rules);

export const withoutOverride = (draft: Draft, where: Where): Draft => ({
  ...draft,
  overrides: draft.overrides.filter((override) => !isSameScope(override, where)),
});
