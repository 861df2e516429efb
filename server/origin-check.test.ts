import { expect, test } from 'vitest';
import { createOriginCheck } from './origin-check.ts';

const check = createOriginCheck({
  host: '127.0.0.1',
  port: 3000,
  extraHosts: ['desk.example.com', 'risk.example.com:8443'],
});

test.each([
  ['localhost:3000', 'ok'],
  ['LOCALHOST:3000', 'ok'],
  ['127.0.0.1:3000', 'ok'],
  ['[::1]:3000', 'ok'],
  ['desk.example.com', 'ok'],
  ['desk.example.com:443', 'ok'],
  ['risk.example.com:8443', 'ok'],
  ['risk.example.com', 'forbidden_host'],
  ['localhost', 'forbidden_host'],
  ['localhost:3001', 'forbidden_host'],
  ['127.0.0.2:3000', 'forbidden_host'],
  ['rebound.example:3000', 'forbidden_host'],
  ['localhost.example:3000', 'forbidden_host'],
  ['desk.example.com.evil.example', 'forbidden_host'],
  ['', 'forbidden_host'],
] as const)('[API12] the host name %s is %s', (host, verdict) => {
  expect(check({ host })).toBe(verdict);
});

test.each([
  [{ origin: 'http://localhost:3000' }, 'ok'],
  [{ origin: 'https://desk.example.com' }, 'ok'],
  [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, 'ok'],
  [{ 'sec-fetch-site': 'none' }, 'ok'],
  [{}, 'ok'],
  [{ origin: 'http://localhost:4000' }, 'forbidden_origin'],
  [{ origin: 'null' }, 'forbidden_origin'],
  [{ origin: '' }, 'forbidden_origin'],
  [{ origin: 'file://localhost:3000' }, 'forbidden_origin'],
  [{ origin: 'http://evil.example' }, 'forbidden_origin'],
  [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }, 'forbidden_origin'],
  [{ 'sec-fetch-site': 'same-site' }, 'forbidden_origin'],
] as const)('[API11] headers %j are %s', (headers, verdict) => {
  expect(check({ host: 'localhost:3000', ...headers })).toBe(verdict);
});

test('[API12] the bound address is one of our names, a wildcard is none; port 80 needs no port', () => {
  expect(createOriginCheck({ host: '192.168.1.5', port: 3000 })({ host: '192.168.1.5:3000' })).toBe('ok');
  expect(createOriginCheck({ host: 'fe80::1', port: 3000 })({ host: '[fe80::1]:3000' })).toBe('ok');
  expect(createOriginCheck({ host: '0.0.0.0', port: 3000 })({ host: '0.0.0.0:3000' })).toBe('forbidden_host');
  expect(createOriginCheck({ host: 'localhost', port: 80 })({ host: 'localhost' })).toBe('ok');
});
