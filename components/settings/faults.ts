import { describeIssue } from '../../contracts/issue-message.ts';
import { settingsSchema } from '../../contracts/settings.ts';
import { SETTINGS } from './setting-words.ts';
import { type Draft, type Scope, whereOf } from './scope.ts';

/** What is wrong with one field of one scope; `part` names what of it, empty for the whole. */
export type Fault = {
  readonly scope: Scope;
  /** Null of an override as such. */
  readonly field: string | null;
  readonly part: readonly string[];
  readonly message: string;
};

const BOUND_WORDS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/number to be >=/, 'at least '],
  [/number to be >/, 'more than '],
  [/number to be <=/, 'at most '],
  [/number to be </, 'less than '],
  [/^expected (array|record) to have >=(\d+) items?/, 'expected at least $2'],
  [/^expected (array|record) to have <=(\d+) items?/, 'expected at most $2'],
  [/^expected string to have >=1 characters/, 'expected a name'],
  [/^expected int\b/, 'expected a whole number'],
  [/^expected number\b(?! to)/, 'expected a number such as 7.5'],
];

/** The API's complaint as a sentence beside its field: without the path, other fields by the names they have here. */
export function faultWords(message: string): string {
  let words = message.replace(/^[\w.[\] -]+?: (?=expected|unknown)/, '');
  for (const [pattern, replacement] of BOUND_WORDS) words = words.replace(pattern, replacement);
  words = words.replace(/, got ""$/, '').replace(/\b[a-z]+[A-Z]\w*\b/g, (name) => SETTINGS[name]?.label ?? name);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** Where a path of the settings leads in the form. */
function placeOf(path: readonly string[], draft: Draft): Omit<Fault, 'message'> {
  const [first, ...rest] = path;
  if (first !== 'overrides') return { scope: null, field: first ?? null, part: rest };
  const [index, , field, ...part] = rest;
  const override = draft.overrides[Number(index)];
  const scope = override === undefined ? null : whereOf(override);
  return { scope, field: field ?? null, part };
}

/** Everything that the API would refuse, by its own schema. */
export function faultsOf(draft: Draft): Fault[] {
  const parsed = settingsSchema.safeParse(draft);
  return (parsed.error?.issues ?? []).map((issue) => ({
    ...placeOf(issue.path.map(String), draft),
    message: faultWords(describeIssue(issue, draft)),
  }));
}

type Complaint = { readonly parameter: string; readonly message: string };
const isComplaint = (value: unknown): value is Complaint =>
  typeof value === 'object' &&
  value !== null &&
  'parameter' in value &&
  'message' in value &&
  typeof value.parameter === 'string' &&
  typeof value.message === 'string';

/** What the API refused, at the fields that it names. Empty where its answer names none. */
export function faultsOfRefusal(details: unknown, draft: Draft): Fault[] {
  if (!Array.isArray(details)) return [];
  return details.filter(isComplaint).map(({ parameter, message }) => ({
    ...placeOf(parameter.split('.'), draft),
    message: faultWords(message),
  }));
}
