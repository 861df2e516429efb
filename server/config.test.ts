import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('[OPS80] without any variable the demo runs on 127.0.0.1:3000, and an empty one counts as unset', () => {
  expect(readConfig({})).toMatchObject({
    port: 3_000,
    host: '127.0.0.1',
    databaseUrl: undefined,
    feed: { kind: 'demo' },
    ownBookmaker: 'harbourline',
    logLevel: 'info',
  });
  expect(readConfig({ PORT: '', FEED: '', REPLAY_SPEED: '', DATABASE_URL: '' })).toEqual(readConfig({}));
});

test('[OPS80] a recording is replayed at an hour a minute unless another speed is asked for', () => {
  const feed = (environment: Readonly<Record<string, string>>) =>
    readConfig({ FEED: '/tmp/a.ndjson.gz', ...environment }).feed;
  expect(feed({})).toEqual({ kind: 'replay', file: '/tmp/a.ndjson.gz', speed: 60 });
  expect(feed({ REPLAY_SPEED: 'max' })).toMatchObject({ speed: 'max' });
  expect(feed({ REPLAY_SPEED: '0.5' })).toMatchObject({ speed: 0.5 });
  expect(readConfig({ FEED: '/tmp/a.ndjson' }).ownBookmaker).toBe('draftkings');
});

test.each([
  ['PORT', 'abc', 'expected a whole number from 0 to 65535, got "abc"'],
  ['PORT', '70000', 'expected a whole number from 0 to 65535, got "70000"'],
  ['HOST', '0.0.0.0', 'expected 127.0.0.1, ::1 or localhost, got "0.0.0.0"'],
  [
    'PROXY_SECRET',
    'short',
    'expected 32 to 200 letters, digits or any of . ~ + / = _ -, such as `openssl rand -hex 32` writes',
  ],
  ['FEED', 'demoo', 'expected "demo", "none" or the path of an .ndjson or .ndjson.gz file, got "demoo"'],
  ['REPLAY_SPEED', 'fast', 'expected "max" or a number above 0 and up to 100000'],
  ['REPLAY_SPEED', '0', 'expected "max" or a number above 0 and up to 100000'],
  ['OWN_BOOKMAKER', '  ', 'expected the name of a bookmaker, 1 to 200 characters, got "  "'],
  ['LOG_LEVEL', 'loud', 'expected one of debug, info, warn, error, got "loud"'],
])('[OPS81] %s=%s ends the start with one line that says what was expected and what came', (name, value, message) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(`${name}: ${message}`);
  expect(read).not.toThrow('\n');
});

test('[OPS221] an address that other machines reach is listened on only with the secret of a proxy', () => {
  const secret = 'f'.repeat(64);
  expect(readConfig({ HOST: '0.0.0.0', PROXY_SECRET: secret })).toMatchObject({ host: '0.0.0.0', proxySecret: secret });
  expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(/so other machines may reach it only through a proxy/);
  expect(() => readConfig({ HOST: '::', PROXY_SECRET: 'geheim' })).not.toThrow('geheim');
});

test('[OPS81] a connection string that is not one is refused without being repeated', () => {
  const read = () => readConfig({ DATABASE_URL: 'mysql://desk:geheim@db/linewatch' });
  expect(read).toThrow('DATABASE_URL: expected a URL that begins with postgresql://');
  expect(read).not.toThrow('geheim');
});

test.each([
  [undefined, []],
  ['', []],
  ['desk.example.com', ['desk.example.com']],
  ['desk.example.com, desk.example.com:8443,[::1]:80', ['desk.example.com', 'desk.example.com:8443', '[::1]:80']],
])('[OPS55] PUBLIC_HOSTS %j is read as %j', (written, names) => {
  expect(readConfig({ NODE_ENV: 'test', PUBLIC_HOSTS: written }).publicHosts).toEqual(names);
});

test.each(['https://desk.example.com', 'desk.example.com/', 'a,,b', '*', 'desk example'])(
  '[OPS55] PUBLIC_HOSTS %j is refused in a sentence that names the variable and what was expected',
  (written) => {
    expect(() => readConfig({ NODE_ENV: 'test', PUBLIC_HOSTS: written })).toThrow(/^PUBLIC_HOSTS: expected host names/);
  },
);
