import { expect, test } from 'vitest';
import type { BookmakerFeed } from '../contracts/feed.ts';
import { deskTrouble, silentFeeds } from './desk-trouble.ts';

const live = { kind: 'live' } as const;
function feed(bookmaker: string, state: BookmakerFeed['state'], minute = 0): BookmakerFeed {
  const lastSeen = `2026-11-25T12:0${minute}:00.000Z`;
  return { bookmaker, own: bookmaker === 'ours', state, lastSeen };
}

test.each([
  ['nothing, when all are heard of', [feed('ours', 'live'), feed('pinnacle', 'live')], { kind: 'none' }],
  ['nothing, when nobody ever spoke', [], { kind: 'none' }],
  ['nothing for a competitor alone', [feed('ours', 'delayed'), feed('pinnacle', 'silent')], { kind: 'none' }],
  [
    'that we are silent',
    [feed('ours', 'silent', 3), feed('pinnacle', 'live')],
    { kind: 'own_silent', bookmaker: 'ours', lastSeen: '2026-11-25T12:03:00.000Z' },
  ],
  [
    'that all are, with the last sign of life of any',
    [feed('ours', 'silent', 3), feed('pinnacle', 'silent', 4), feed('betmgm', 'silent', 1)],
    { kind: 'all_silent', lastSeen: '2026-11-25T12:04:00.000Z' },
  ],
] as const)('[UI212] the banner says %s', (_, bookmakers, trouble) => {
  expect(deskTrouble(live, { bookmakers: [...bookmakers] })).toEqual(trouble);
});

test('[UI212] a server that is away goes before everything that it once said', () => {
  const bookmakers = [feed('ours', 'silent')];
  expect(deskTrouble({ kind: 'offline', sinceMs: 5 }, { bookmakers })).toEqual({ kind: 'server_away', sinceMs: 5 });
  expect(deskTrouble({ kind: 'reconnecting', sinceMs: 5 }, { bookmakers })).toEqual({ kind: 'none' });
});

test('[UI211] feeds are called silent by name, and only while the server is heard', () => {
  const desk = { bookmakers: [feed('ours', 'live'), feed('pinnacle', 'silent'), feed('betmgm', 'delayed')] };
  expect(silentFeeds(live, desk)).toEqual(['pinnacle']);
  expect(silentFeeds({ kind: 'reconnecting', sinceMs: 5 }, desk)).toEqual([]);
  expect(silentFeeds(live, undefined)).toEqual([]);
});
