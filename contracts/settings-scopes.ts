import type { RulesChange } from './rules.ts';
import type { Settings } from './settings.ts';

/** For which matches an override holds. */
export type Place = { readonly sport: string; readonly league: string | null; readonly country: string | null };
type Named = Omit<Place, 'country'> & { readonly country?: string | null | undefined };

export const placeOf = ({ sport, league, country = null }: Named): Place => ({ sport, league, country });
export const isSamePlace = (one: Named, other: Named): boolean =>
  one.sport === other.sport && one.league === other.league && placeOf(one).country === placeOf(other).country;

/** A place and those that it inherits from, the widest first. */
function lineageOf({ sport, league, country }: Place): readonly Place[] {
  const places: Place[] = [{ sport, league: null, country: null }];
  if (league !== null) places.push({ sport, league, country: null });
  if (league !== null && country !== null) places.push({ sport, league, country });
  return places;
}

/** `settings` with the overrides of a place, the narrower in place of the wider, in place of what they say. */
export function resolveSettings(settings: Settings, where: Named): Settings {
  const said = lineageOf(placeOf(where)).map(
    (place): RulesChange => settings.overrides.find((override) => isSamePlace(override, place))?.rules ?? {},
  );
  const known = said.flatMap((change) => Object.entries(change)).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(known) };
}

/** The settings of a place that overrides name, and those of the narrower places within it by their name. */
type Branch = { readonly settings: Settings; readonly within: Map<string, Branch> };

const trees = new WeakMap<Settings, Branch>();

/** Every place that an override names or lies in, resolved once for the settings. */
function treeOf(settings: Settings): Branch {
  const tree: Branch = { settings, within: new Map() };
  for (const override of settings.overrides) {
    let branch = tree;
    for (const place of lineageOf(placeOf(override))) {
      const name = place.country ?? place.league ?? place.sport;
      const known = branch.within.get(name) ?? { settings: resolveSettings(settings, place), within: new Map() };
      branch.within.set(name, known);
      branch = known;
    }
  }
  return tree;
}

/** The settings in force for a match; the same object for the same settings and the same overrides. */
export function settingsFor(
  settings: Settings,
  where: { readonly sport: string; readonly league: string; readonly country: string },
): Settings {
  if (settings.overrides.length === 0) return settings;
  let tree = trees.get(settings);
  if (tree === undefined) {
    tree = treeOf(settings);
    trees.set(settings, tree);
  }
  const sport = tree.within.get(where.sport);
  const league = sport?.within.get(where.league);
  return (league?.within.get(where.country) ?? league ?? sport ?? tree).settings;
}
