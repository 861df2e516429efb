import { expect, test, vi } from 'vitest';
import { createLateParts } from './late-parts.ts';

function setup() {
  const page = new EventTarget();
  const loaded: string[] = [];
  const idle: (() => void)[] = [];
  const settled = vi.fn<() => void>();
  const parts = createLateParts({ page, whenIdle: (task) => idle.push(task), onSettled: settled });
  const part = (name: string) => async () => {
    loaded.push(name);
    if (name === 'broken') throw new Error('expected a server');
    return name;
  };
  return {
    parts,
    part,
    loaded,
    settled,
    move: () => page.dispatchEvent(new Event('pointermove')),
    async idle(): Promise<void> {
      idle.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    },
    tasks: idle,
  };
}

test('[UI302] late parts are loaded one by one while the browser idles, from the first movement on', async () => {
  const { parts, part, loaded, move, idle, tasks } = setup();
  parts.add(part('keys'));
  const load = parts.add(part('palette'));
  expect(tasks).toHaveLength(0);
  move();
  move();
  expect(loaded).toEqual([]);
  await idle();
  expect(loaded).toEqual(['keys']);
  await idle();
  expect(loaded).toEqual(['keys', 'palette']);
  parts.add(part('pane'));
  await idle();
  expect(loaded).toEqual(['keys', 'palette', 'pane']);
  await expect(load()).resolves.toBe('palette');
});

test('[UI302] a part that could not be loaded holds up no other', async () => {
  const { parts, part, loaded, settled, move, idle } = setup();
  parts.add(part('broken'));
  parts.add(part('palette'));
  move();
  await idle();
  expect(settled).not.toHaveBeenCalled();
  await idle();
  expect(loaded).toEqual(['broken', 'palette']);
  expect(settled).toHaveBeenCalledTimes(1);
});
