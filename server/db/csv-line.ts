export type CsvCell = string | number | null;

/** What a spreadsheet takes for the start of a formula, with the full-width forms that some of them fold. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/u;
const SIGNED_NUMBER = /^[+-]?\d+(\.\d+)?$/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * One line of a CSV file by RFC 4180, with its line end. Text that a spreadsheet would run as a formula gets an
 * apostrophe before it, which spreadsheets hide; signed numbers stay numbers.
 */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA_START.test(cell) && !SIGNED_NUMBER.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
