import { isSame } from '../../contracts/settings-changes.ts';
import {
  type Draft,
  type Scope,
  isSameScope,
  overrideOf,
  scopeKey,
  whereOf,
  withField,
  withOverride,
  withoutField,
  withoutOverride,
} from './scope.ts';

/** One field of one scope that differs; `field` is null where the whole override came or went. */
export type DraftChange = {
  readonly scope: Scope;
  readonly field: string | null;
  readonly before: unknown;
  readonly after: unknown;
};

export const changeKey = ({ scope, field }: Pick<DraftChange, 'scope' | 'field'>): string =>
  `${scopeKey(scope)} ${field ?? ''}`;

function fieldChanges(
  scope: Scope,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): DraftChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !(scope === null && field === 'overrides') && !isSame(before[field], after[field]))
    .map((field) => ({ scope, field, before: before[field], after: after[field] }));
}

/** Every field in which two settings differ, overrides by their place, whatever their order. */
export function changesOf(before: Draft, after: Draft): DraftChange[] {
  const scopes = [...before.overrides, ...after.overrides]
    .map(whereOf)
    .filter((where, index, all) => all.findIndex((other) => isSameScope(other, where)) === index);
  return [
    ...fieldChanges(null, before, after),
    ...scopes.flatMap((where): DraftChange[] => {
      const [old, next] = [overrideOf(before, where), overrideOf(after, where)];
      const fields = fieldChanges(where, old?.rules ?? {}, next?.rules ?? {});
      if ((old === undefined) === (next === undefined)) return fields;
      return [{ scope: where, field: null, before: old !== undefined, after: next !== undefined }, ...fields];
    }),
  ];
}

/** The changes as a trader counts them: an override that goes is one, one that comes is as many as it says. */
export function countedChanges(changes: readonly DraftChange[]): DraftChange[] {
  const isWhole = (after: boolean, scope: Scope): boolean =>
    changes.some((change) => change.field === null && change.after === after && isSameScope(change.scope, scope));
  const says = (scope: Scope): boolean =>
    changes.some((change) => change.field !== null && isSameScope(change.scope, scope));
  return changes.filter(({ scope, field, after }) =>
    field === null ? after === false || !says(scope) : !isWhole(false, scope),
  );
}

function withChange(draft: Draft, { scope, field, after }: DraftChange): Draft {
  if (field !== null && after !== undefined) return withField(draft, scope, field, after);
  if (scope === null) return draft;
  if (field !== null) return overrideOf(draft, scope) === undefined ? draft : withoutField(draft, scope, field);
  return after === true ? withOverride(draft, scope) : withoutOverride(draft, scope);
}

/**
 * `theirs` with everything that was changed from `base` to `mine`. Where both changed a field to different values,
 * mine stays and is named: nobody's change is lost unseen.
 */
export function mergeDrafts(
  base: Draft,
  mine: Draft,
  theirs: Draft,
): { readonly draft: Draft; readonly clashes: readonly DraftChange[] } {
  const changes = changesOf(base, mine);
  const mineByKey = new Map(changes.map((change) => [changeKey(change), change]));
  const clashes = changesOf(base, theirs).filter((change) => {
    const own = mineByKey.get(changeKey(change));
    return own !== undefined && !isSame(own.after, change.after);
  });
  // Removals of whole overrides come last: a field's own removal would bring the override back.
  const ordered = changes.toSorted((one, other) => Number(isRemoval(one)) - Number(isRemoval(other)));
  return { draft: ordered.reduce(withChange, theirs), clashes };
}

const isRemoval = (change: DraftChange): boolean => change.field === null && change.after === false;
