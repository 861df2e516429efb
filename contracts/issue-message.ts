import type { z } from 'zod';

/** Longest piece of a refused value that is repeated back. */
const MAX_VALUE_CHARACTERS = 60;

const describePath = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length <= MAX_VALUE_CHARACTERS ? text : `${text.slice(0, MAX_VALUE_CHARACTERS)}…`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    // A list in a query string came as one text: the whole of it is what the caller wrote.
    if (typeof value !== 'object' || value === null) return value;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  return value;
}

function describeExpectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown: ${issue.keys.slice(0, 5).join(', ')}`;
  const text = issue.message.replace(/, received .*$/, '').replace(/^.*?(?=expected )/, '');
  return text.replace(/^Invalid /, 'expected a valid ');
}

/** Of a union, the first complaint of the branch that came closest. */
function closest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const [first] = branches.toSorted((left, right) => left.length - right.length)[0] ?? [];
  return first === undefined ? issue : closest({ ...first, path: [...issue.path, ...first.path] });
}

/** One complaint in one short sentence: the field, what was expected there, what came. */
export function describeIssue(complaint: z.core.$ZodIssue, input: unknown): string {
  const issue = closest(complaint);
  const field = describePath(issue.path);
  const expectation = describeExpectation(issue);
  const got = issue.code === 'unrecognized_keys' ? '' : `, got ${describeValue(valueAt(input, issue.path))}`;
  return `${field === '' ? '' : `${field}: `}${expectation}${got}`;
}
