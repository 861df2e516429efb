import type { SettingsChange } from '../../contracts/settings-history.ts';
import type { LineChange } from './change-line.tsx';
import { changesOf, countedChanges } from './draft-changes.ts';
import type { Draft, DraftOverride } from './scope.ts';

const overridesIn = (value: unknown): Draft => ({
  overrides: Array.isArray(value) ? (value as readonly DraftOverride[]) : [],
});

/** What a revision changed, line by line: bands and the like by their part, overrides by their sport and league. */
export function linesOf(changes: readonly SettingsChange[]): LineChange[] {
  return changes.flatMap(({ field: path, before, after }): LineChange[] => {
    if (path === 'overrides') return countedChanges(changesOf(overridesIn(before), overridesIn(after)));
    const dot = path.indexOf('.');
    if (dot === -1) return [{ scope: null, field: path, before, after }];
    return [{ scope: null, field: path.slice(0, dot), partName: path.slice(dot + 1), before, after }];
  });
}
