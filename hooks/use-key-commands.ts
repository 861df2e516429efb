import { useEffect, useRef, useSyncExternalStore } from 'react';
import { monotonicNow } from './desk-clock.ts';
import { type CommandHandlers, type KeyPress, createKeyCommands } from './key-commands.ts';
import type { Command } from './keymap.ts';

/** The keys of this tab. */
export const keyCommands = createKeyCommands(monotonicNow);

const NONE: ReadonlySet<Command> = new Set();

/** Which commands the page can carry out now. */
export const useAvailableCommands = (): ReadonlySet<Command> =>
  useSyncExternalStore(keyCommands.subscribe, keyCommands.getSnapshot, () => NONE);

/**
 * Lets the keys do these things while the component is mounted. The newest handlers are called, but which
 * commands there are is told anew only when that changes.
 */
export function useKeyCommands(handlers: CommandHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const names = Object.keys(handlers).toSorted().join(' ');
  useEffect(() => {
    const commands = names === '' ? [] : (names.split(' ') as Command[]);
    return keyCommands.register(
      Object.fromEntries(commands.map((command) => [command, () => latest.current[command]?.()])),
    );
  }, [names]);
}

const FIELDS =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]';
const CONTROLS = 'button, a[href], summary, input, [role="button"], [role="tab"], [role="checkbox"]';
const DIALOGS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** What a key event says, and where on the page it was. */
export function keyPressOf(event: KeyboardEvent): KeyPress {
  const target = event.target instanceof Element ? event.target : null;
  const isWithin = (selector: string): boolean => target !== null && target.closest(selector) !== null;
  return {
    key: event.key,
    hasControl: event.ctrlKey || event.metaKey,
    hasAlt: event.altKey,
    inField: event.isComposing || isWithin(FIELDS),
    onControl: isWithin(CONTROLS),
    // Closing ones stand in the page until they have faded; they take no keys any more.
    inDialog: document.querySelector(`:is(${DIALOGS}):not([data-state="closed"])`) !== null,
  };
}
