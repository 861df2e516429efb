import { Unbroken } from '../words/unbroken.tsx';
import type { DraftChange } from './draft-changes.ts';
import { scopeWords } from './scope.ts';
import { SETTINGS } from './setting-words.ts';
import { partValueWords, partWords, valueWords } from './value-words.ts';

/** A change of a setting, or of one part of it. */
export type LineChange = DraftChange & { readonly partName?: string | undefined };

type ChangeLineProps = {
  readonly change: LineChange;
  /** Only what it is now. */
  readonly part?: 'after';
  readonly prefix?: string;
};

function wordsOf(change: LineChange, value: unknown): string {
  if (change.field === null) return value === true ? 'kept' : 'removed';
  // A field that an override does not name is inherited.
  if (value === undefined && change.scope !== null) return 'inherited';
  if (change.partName !== undefined) return partValueWords(change.field, change.partName, value);
  return valueWords(change.field, value);
}

/** What changed, in one line: `Soccer · Look-back: 60 min → 30 min`. */
export function ChangeLine({ change, part, prefix = '' }: ChangeLineProps) {
  if (part === 'after')
    return (
      <span>
        {prefix}
        <Unbroken>{wordsOf(change, change.after)}</Unbroken>
      </span>
    );
  const { scope, field, partName } = change;
  if (field === null)
    return (
      <span>
        <span className="text-secondary">{scopeWords(scope)} · Override:</span>{' '}
        <span className="font-medium">{change.after === true ? 'added' : 'removed'}</span>
      </span>
    );
  const label = SETTINGS[field]?.label ?? field;
  const where = scope === null ? '' : `${scopeWords(scope)} · `;
  return (
    <span>
      <span className="text-secondary">
        {where}
        {label}
        {partName !== undefined && ` · ${partWords(field, partName)}`}:
      </span>{' '}
      <Unbroken>{wordsOf(change, change.before)}</Unbroken> <span className="text-secondary">→</span>
      <span className="sr-only"> to </span>{' '}
      <span className="font-medium">
        <Unbroken>{wordsOf(change, change.after)}</Unbroken>
      </span>
    </span>
  );
}
