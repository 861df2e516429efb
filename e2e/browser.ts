import { readFileSync } from 'node:fs';
import { z } from 'zod';

const NOTE = new URL('../.set-up/browser.json', import.meta.url);
const noteSchema = z.object({ executablePath: z.string().min(1) });

/** The browser that the set-up found, or the one in LINEWATCH_BROWSER. Throws where there is neither. */
export function findBrowser(): string {
  const chosen = process.env['LINEWATCH_BROWSER'];
  if (chosen !== undefined && chosen !== '') return chosen;
  try {
    return noteSchema.parse(JSON.parse(readFileSync(NOTE, 'utf8'))).executablePath;
  } catch {
    throw new Error('No browser is known yet: run `npm test -- e2e`, or `node scripts/set-up.mjs e2e` once.');
  }
}
