import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertFilterSchema } from '../../contracts/alert-query.ts';
import { csvLine } from './csv-line.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

describe('a line', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['-1.5', '-1.5'],
    ['+2', '+2'],
    ['-1.5e', "'-1.5e"],
    ['a=b', 'a=b'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['Beşiktaş', 'Beşiktaş'],
    ['', ''],
  ])('[DB129] the text %j becomes %j', (text, expected) => {
    expect(csvLine([text])).toBe(`${expected}\r\n`);
  });

  test('[DB129] numbers are written as they are and nothing as an empty cell', () => {
    expect(csvLine([-11.9, 0, null, 2.05])).toBe('-11.9,0,,2.05\r\n');
  });

  test('[DB129] no text runs as a formula, and every text comes back whole but for the apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), (texts) => {
        const cells = parseLine(csvLine(texts));
        expect(cells.map((cell, index) => (cell === texts[index] ? cell : cell.slice(1)))).toEqual(texts);
        for (const cell of cells) expect(/^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d.]+$/.test(cell)).toBe(false);
      }),
    );
  });
});

describe('a file', () => {
  let desk: DeskFixture;
  beforeEach(async () => {
    desk = await createDeskFixture();
  });
  afterEach(() => desk.close());

  async function file(filter: unknown, sort?: 'kickoff'): Promise<string[][]> {
    const rows: string[][] = [];
    for await (const line of desk.store.alertCsv({ ...alertFilterSchema.parse(filter), sort }, NOW))
      rows.push(parseLine(line));
    return rows;
  }

  test('[DB129] a file has a heading and a line for each alert of the filter, in the order asked for', async () => {
    const late = await desk.addEvent({ home: '=cmd|calc', kickoffMs: NOW + 9 * MINUTE_MS });
    const soon = await desk.addEvent({ kickoffMs: NOW + MINUTE_MS });
    const first = await desk.addAlert({ eventId: late, note: '@evil, "quoted"' });
    const second = await desk.addAlert({ eventId: soon, outcome: '-1.5', acknowledged: true });
    await desk.addAlert({ eventId: soon, severity: 'critical' });
    const [heading = [], ...rows] = await file({ severity: 'warning' }, 'kickoff');
    const cell = (row: number, name: string): string | undefined => rows[row]?.[heading.indexOf(name)];
    expect(rows.map((row) => row[0])).toEqual([String(second), String(first)]);
    expect([cell(0, 'status'), cell(0, 'outcome'), cell(0, 'acknowledgedBy')]).toEqual(['acknowledged', '-1.5', 'ann']);
    expect([cell(1, 'home'), cell(1, 'note')]).toEqual(["'=cmd|calc", '\'@evil, "quoted"']);
    expect([cell(1, 'changePercent'), cell(1, 'oldOdds'), cell(1, 'kickoff')]).toEqual([
      '-11.9',
      '2.1',
      '2026-03-01T12:09:00.000Z',
    ]);
    for (const row of rows) expect(row).toHaveLength(heading.length);
  });

  test('[DB129] a file longer than one read has every alert once, and can be left half way', async () => {
    const eventId = await desk.addEvent();
    await desk.addAlert({ eventId });
    await desk.database.writer.$executeRaw`
      INSERT INTO alert (alert_key, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, seq)
      SELECT 'more-' || number, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, 1
      FROM alert, generate_series(1, 2499) AS number`;
    const [, ...rows] = await file({});
    expect(new Set(rows.map((row) => row[0])).size).toBe(2_500);
    for await (const line of desk.store.alertCsv({}, NOW)) {
      expect(line).toMatch(/^id,status,/);
      break;
    }
  });
});

/** A reader of RFC 4180, for one line. */
function parseLine(line: string): string[] {
  const cells: string[] = [];
  const rest = line.slice(0, -2);
  const cell = /("(?:[^"]|"")*"|[^,"]*)(,|$)/gy;
  for (;;) {
    const [, text = '', end] = cell.exec(rest) ?? [];
    cells.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end !== ',') return cells;
  }
}
