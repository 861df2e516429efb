/** What every editor of a setting is given. */
export type EditorProps = {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Ids of the texts that name and describe the setting. */
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly unit: string;
  /** What is wrong with a part of the value (`''` for the whole), if anything. */
  readonly faultOf: (part: string) => string | undefined;
};

/** An object's fields; none where it is none. */
export const partsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The names in a list; none where it is none. */
export const namesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];

/** The value with a part set, or taken away where it is empty. */
export function withPart(value: unknown, part: string, next: unknown): Readonly<Record<string, unknown>> {
  const { [part]: _old, ...rest } = partsOf(value);
  return next === undefined ? rest : { ...partsOf(value), [part]: next };
}
