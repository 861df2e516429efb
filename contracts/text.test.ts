import { expect, test } from 'vitest';
import { alertPatchSchema, alertQuerySchema } from './alert-query.ts';
import { DEFAULT_SETTINGS, settingsSchema } from './settings.ts';

test.each([
  ['a search', alertQuerySchema, { q: 'nul\0' }],
  ['a filter', alertQuerySchema, { bookmaker: 'half \ud83d' }],
  ['a time', alertQuerySchema, { from: '9999-12-31T23:59:59-10:00' }],
  ['a note', alertPatchSchema, { acknowledged: true, note: 'nul\0' }],
  ['a setting', settingsSchema, { ...DEFAULT_SETTINGS, ownBookmaker: 'nul\0' }],
])('[API60] %s that the database could not take is refused at the edge', (_what, schema, input) => {
  expect(schema.safeParse(input).success).toBe(false);
});

test('[API60] text in any writing, and any instant with an offset, is taken', () => {
  const query = { q: 'Çanakkale 雨 \u{1f3c0}', from: '2026-03-01T12:00:00+05:45' };
  expect(alertQuerySchema.safeParse(query).success).toBe(true);
});
