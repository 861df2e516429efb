import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

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
