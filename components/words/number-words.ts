/** The real minus sign; a hyphen is shorter than a plus and breaks off. */
export const MINUS = '−';

const unsigned = (value: number, decimals: number): string => Math.abs(value).toFixed(decimals);
const sign = (value: number, decimals: number): string => {
  if (Number(unsigned(value, decimals)) === 0) return '';
  return value < 0 ? MINUS : '+';
};

/** Signed percent with one decimal, a real minus sign: −17.9 %. */
export const percentText = (percent: number): string => `${sign(percent, 1)}${unsigned(percent, 1)}%`;

/** Signed percentage points of probability: +9.1 pts. */
export const pointsText = (points: number): string => `${sign(points, 1)}${unsigned(points, 1)} pts`;

/** A probability as percent with one decimal: 49.4%; a dash for none. */
export const probabilityText = (probability: number | null): string =>
  probability === null ? '–' : `${(probability * 100).toFixed(1)}%`;

/** A book's margin: 4.9%; with a real minus sign where it pays more than it takes; a dash for none. */
export const marginText = (percent: number | null): string =>
  percent === null ? '–' : `${sign(percent, 1).replace('+', '')}${unsigned(percent, 1)}%`;

/** A line as it stands on a coupon. A handicap carries its sign, zero never does: 2.5, −1.5, +0.25, 0. */
export function lineText(line: number, options: { readonly signed: boolean }): string {
  if (line === 0) return '0';
  const size = String(Math.abs(line));
  if (line < 0) return `${MINUS}${size}`;
  return options.signed ? `+${size}` : size;
}

const grouped = new Intl.NumberFormat('en-GB');

/** A count for a place that keeps its width: from `from` on in whole thousands, `28k`. */
export const shortCount = (count: number, from: number): string =>
  count < from ? grouped.format(count) : `${grouped.format(Math.floor(count / 1_000))}k`;
