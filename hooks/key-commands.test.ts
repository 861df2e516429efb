import { expect, test, vi } from 'vitest';
import { type KeyPress, SEQUENCE_MS, createKeyCommands } from './key-commands.ts';
import { KEYMAP, ariaShortcut, bindingOf, keyCaps } from './keymap.ts';

function setup() {
  let nowMs = 0;
  const commands = createKeyCommands(() => nowMs);
  const press = (key: string, part: Partial<KeyPress> = {}): boolean =>
    commands.press({
      key,
      hasControl: false,
      hasAlt: false,
      inField: false,
      onControl: false,
      inDialog: false,
      ...part,
    });
  return { commands, press, pass: (ms: number) => void (nowMs += ms) };
}

test('[UI132] a key carries out what the page has registered for it, the later registration first', () => {
  const { commands, press } = setup();
  const first = vi.fn<() => void>();
  const later = vi.fn<() => void>();
  expect(press('j')).toBe(false);
  commands.register({ next: first });
  const undo = commands.register({ next: later });
  expect(press('j')).toBe(true);
  undo();
  press('j');
  expect([first.mock.calls.length, later.mock.calls.length]).toEqual([1, 1]);
  expect([...commands.getSnapshot()]).toEqual(['next']);
});

test.each([
  ['in a field', { inField: true }],
  ['with Ctrl or Cmd', { hasControl: true }],
  ['with Alt', { hasAlt: true }],
  ['while a dialog is open', { inDialog: true }],
])('[UI132] a letter %s is left alone', (_, part) => {
  const { commands, press } = setup();
  const acknowledge = vi.fn<() => void>();
  commands.register({ acknowledge });
  expect(press('a', part)).toBe(false);
  expect(acknowledge).not.toHaveBeenCalled();
});

test('[UI132] Ctrl+K also works from a field; Enter is left to the button that has the focus', () => {
  const { commands, press } = setup();
  const palette = vi.fn<() => void>();
  const open = vi.fn<() => void>();
  commands.register({ palette, open });
  press('k', { hasControl: true, inField: true });
  expect(press('Enter', { onControl: true })).toBe(false);
  press('Enter');
  expect([palette, open].map((fn) => fn.mock.calls.length)).toEqual([1, 1]);
});

test('[UI132] g waits a moment for its second key, and another key ends the waiting', () => {
  const { commands, press, pass } = setup();
  const goEvents = vi.fn<() => void>();
  commands.register({ goEvents });
  press('g');
  pass(SEQUENCE_MS);
  press('e');
  press('g');
  pass(SEQUENCE_MS + 1);
  press('e');
  press('g');
  press('j');
  press('e');
  expect(goEvents).toHaveBeenCalledTimes(1);
});

test('[UI132] no two commands share a key, and each key has a form for a hint and for assistive technology', () => {
  expect(new Set(KEYMAP.map(({ keys }) => keys)).size).toBe(KEYMAP.length);
  expect(keyCaps(bindingOf('selectTo'))).toEqual(['Shift', 'X']);
  expect(keyCaps(bindingOf('goRisk'))).toEqual(['G', 'R']);
  expect(keyCaps(bindingOf('back'))).toEqual(['Esc']);
  expect([bindingOf('palette'), bindingOf('selectTo'), bindingOf('goRisk')].map(ariaShortcut)).toEqual([
    'Control+K',
    'Shift+X',
    undefined,
  ]);
});
