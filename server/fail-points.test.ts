import { describe, expect, test } from 'vitest';
import { type FailOrder, type FailReport, openFailPoints } from './fail-points.ts';

function setup() {
  const reports: FailReport[] = [];
  let kills = 0;
  let tell: (message: unknown) => void = () => undefined;
  const points = openFailPoints('parent', {
    onMessage: (listener) => (tell = listener),
    send: (report) => void reports.push(report),
    kill: () => (kills += 1),
  });
  if (points === undefined) throw new Error('expected fail-points');
  return { reach: points.reach, arm: (order: FailOrder | string) => tell(order), reports, kills: () => kills };
}

describe('fail-points', () => {
  test('[FLT1] without LINEWATCH_FAIL_POINTS there are none', () => {
    expect(openFailPoints(undefined, undefined)).toBeUndefined();
    expect(openFailPoints('', undefined)).toBeUndefined();
  });

  test.each([
    ['yes', { onMessage: () => undefined, send: () => undefined, kill: () => undefined }],
    ['parent', undefined],
  ])('[FLT2] a start with LINEWATCH_FAIL_POINTS=%s and no parent that tests is refused', (setting, channel) => {
    expect(() => openFailPoints(setting, channel)).toThrow(/LINEWATCH_FAIL_POINTS: expected it unset/);
  });

  test('[FLT3] an order is carried out once, at its own point, after the ones it skips', async () => {
    const { reach, arm, reports } = setup();
    arm({ failPoint: 'before_commit', action: 'throw', skip: 1 });
    await reach('after_commit');
    await reach('before_commit');
    await expect(reach('before_commit')).rejects.toThrow('fail-point before_commit');
    await reach('before_commit');
    expect(reports).toEqual([{ armed: 'before_commit' }, { reached: 'before_commit' }]);
  });

  test('[FLT4] a point breaks like a lost connection, kills the process, or holds it up', async () => {
    const { reach, arm, kills } = setup();
    arm({ failPoint: 'after_commit', action: 'break' });
    await expect(reach('after_commit')).rejects.toMatchObject({ code: 'ECONNRESET' });
    arm({ failPoint: 'before_emit', action: 'kill' });
    await reach('before_emit');
    expect(kills()).toBe(1);
    arm({ failPoint: 'after_emit', action: 'delay', delayMs: 20 });
    const startedMs = performance.now();
    await reach('after_emit');
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(19);
  });

  test('[FLT5] what is no order is ignored', async () => {
    const { reach, arm, reports } = setup();
    arm('before_commit');
    await reach('before_commit');
    expect(reports).toEqual([]);
  });
});
