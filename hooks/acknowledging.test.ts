import { expect, test } from 'vitest';
import type { Alert } from '../contracts/alert.ts';
import { alertWith } from './alert.fixture.ts';
import { createAcknowledging, withoutPending } from './acknowledging.ts';

const alert = (id: number) => alertWith({ id });
const list = (seq: number) => ({
  alerts: [alert(1), alert(2), alert(3)],
  counts: { new: 3, acknowledged: 0, past: 0 },
  epoch: 'one',
  seq,
});
const ids = (shown: { readonly alerts: readonly Alert[] }) => shown.alerts.map(({ id }) => Number(id));

test('[UI17] what is acknowledged vanishes at once, and its tab counts follow', () => {
  const acknowledging = createAcknowledging();
  acknowledging.ask([1, 3]);
  const shown = withoutPending(list(5), acknowledging.getSnapshot());
  expect(ids(shown)).toEqual([2]);
  expect(shown.counts).toEqual({ new: 1, acknowledged: 2, past: 0 });
});

test('[UI18] a refused acknowledgement brings the rows back', () => {
  const acknowledging = createAcknowledging();
  acknowledging.ask([1]);
  acknowledging.forget([1]);
  expect(withoutPending(list(5), acknowledging.getSnapshot())).toEqual(list(5));
});

test('[UI19] a list read before the commit does not bring a row back; one read after it is believed', () => {
  const acknowledging = createAcknowledging();
  acknowledging.ask([1]);
  acknowledging.answered([1], { epoch: 'one', seq: 6 });
  expect(ids(withoutPending(list(5), acknowledging.getSnapshot()))).toEqual([2, 3]);
  expect(ids(withoutPending(list(6), acknowledging.getSnapshot()))).toEqual([1, 2, 3]);
});
