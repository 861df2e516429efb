/** One figure; without a goal it only says under which circumstances the others were measured. */
export type Figure = {
  readonly what: string;
  readonly measured: number;
  /** The most that it may be. */
  readonly goal?: number;
  readonly unit: string;
  readonly reference?: string;
};

export const isMissed = ({ goal, measured }: Figure): boolean => goal !== undefined && !(measured <= goal);

const numberText = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

const withUnit = (value: number, unit: string): string =>
  unit === '' ? numberText(value) : `${numberText(value)} ${unit}`;

/** Writes a table: what, goal, measured, reference, and which goals are missed. */
export function printFigures(machine: string, figures: readonly Figure[]): void {
  const rows = [
    ['what', 'goal', 'measured', 'reference', ''],
    ...figures.map((figure) => [
      figure.what,
      figure.goal === undefined ? '' : `≤ ${withUnit(figure.goal, figure.unit)}`,
      withUnit(figure.measured, figure.unit),
      figure.reference ?? '',
      isMissed(figure) ? 'MISSED' : '',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  process.stdout.write(`\n${machine}\n\n`);
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}
