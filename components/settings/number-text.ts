const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/;
/** `1,000` is a thousand to one reader and one to another. */
const AMBIGUOUS = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/**
 * The number that was typed, with a decimal point or a decimal comma; the text itself where it is none, or could
 * be read in two ways.
 */
export function readNumber(text: string): number | string {
  const bare = text.trim().replace('−', '-');
  if (!NUMBER.test(bare) || AMBIGUOUS.test(bare)) return text;
  return Number(bare.replace(',', '.'));
}

/** A stored number as it is typed. */
export const numberText = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : '';

/** What a text that is no number should have been; null for anything else. */
export function numberHint(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  if (AMBIGUOUS.test(value.trim()))
    return `${value.trim()} can be read in two ways: write ${value.trim().replace(',', '')} or ${value.trim().replace(',', '.')}.`;
  return null;
}
