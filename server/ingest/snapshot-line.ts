import type { z } from 'zod';
import { describeIssue } from '../../contracts/issue-message.ts';
import { type Rejection, snapshotSchema } from '../../contracts/snapshot.ts';
import { type Observation, toObservation } from '../detection/observation.ts';

/** Longer reasons are cut: a thousand of them ride on one answer. */
const MAX_MESSAGE_CHARACTERS = 300;

export type ParsedLine =
  | { readonly kind: 'observation'; readonly observation: Observation }
  | {
      readonly kind: 'refused';
      readonly code: Rejection['code'];
      readonly message: string;
      /** Whose odds are beyond what any price can be, where that is why. */
      readonly impossibleOf?: string | undefined;
    };

const refused = (code: Rejection['code'], message: string, impossibleOf?: string): ParsedLine => ({
  kind: 'refused',
  code,
  impossibleOf,
  message: message.length <= MAX_MESSAGE_CHARACTERS ? message : `${message.slice(0, MAX_MESSAGE_CHARACTERS)}…`,
});

/** One snapshot as JSON text into an observation, or why it is none. Never throws. */
export function parseSnapshotLine(text: string): ParsedLine {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refused('not_json', error instanceof Error ? error.message : 'expected JSON');
  }
  const parsed = snapshotSchema.safeParse(json);
  if (parsed.success) return { kind: 'observation', observation: toObservation(parsed.data) };
  const [first] = parsed.error.issues;
  if (first === undefined) return refused('bad_snapshot', 'expected a snapshot');
  return refused('bad_snapshot', describeIssue(first, json), isOutOfBounds(first) ? bookmakerOf(json) : undefined);
}

const isOutOfBounds = ({ code, path }: z.core.$ZodIssue): boolean =>
  path.at(-1) === 'odds' && (code === 'too_small' || code === 'too_big');

const bookmakerOf = (json: unknown): string | undefined =>
  snapshotSchema.shape.bookmaker.safeParse((json as Record<string, unknown>).bookmaker).data;
