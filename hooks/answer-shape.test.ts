import { describe, expect, test } from 'vitest';
import { type AnswerShape, refusalIn, shapedAnswer, watermarkIn } from './answer-shape.ts';

type Answer = { readonly rows: readonly number[]; readonly name: string; readonly seq: number; readonly at: object };
const SHAPE: AnswerShape<Answer> = { rows: 'list', name: 'text', seq: 'number', at: 'object' };
const WHOLE = { rows: [1], name: 'a', seq: 1, at: {}, unknown: true };

describe('an answer of the API', () => {
  test('[UI231] is handed on as it came when nothing is missing', () => {
    expect(shapedAnswer(SHAPE, WHOLE)).toBe(WHOLE);
  });

  test.each([
    ['rows', { ...WHOLE, rows: {} }],
    ['rows', { name: 'a', seq: 1, at: {} }],
    ['name', { ...WHOLE, name: null }],
    ['seq', { ...WHOLE, seq: '1' }],
    ['at', { ...WHOLE, at: [] }],
  ])('[UI231] without its %s is an error that names it', (field, answer) => {
    expect(() => shapedAnswer(SHAPE, answer)).toThrow(field);
  });

  test.each([[null], ['text'], [[]], [undefined]])('[UI231] that is %j is an error', (answer) => {
    expect(() => shapedAnswer(SHAPE, answer)).toThrow('expected an answer of the API');
  });
});

test('[UI231] a refusal keeps its code, message and details', () => {
  const refusal = refusalIn({ error: { code: 'queue_full', message: 'expected room', details: { waiting: 3 } } });
  expect(refusal).toMatchObject({ code: 'queue_full', message: 'expected room', details: { waiting: 3 } });
});

test.each([
  [null],
  [{}],
  [{ error: 'x' }],
  [{ error: { code: 'unheard_of', message: 'x' } }],
  [{ error: { code: 'busy' } }],
])('[UI231] %j is no refusal of the API', (answer) => {
  expect(refusalIn(answer)).toBeUndefined();
});

test('[UI231] a watermark is read only where it is whole', () => {
  expect(watermarkIn({ epoch: 'e', seq: 4, rows: [] })).toEqual({ epoch: 'e', seq: 4 });
  expect([watermarkIn(null), watermarkIn({ epoch: '', seq: 1 }), watermarkIn({ epoch: 'e' })]).toEqual([
    null,
    null,
    null,
  ]);
});
