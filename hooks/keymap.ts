/** Everything that a key does, in the order in which help and palette name it. */
export type Binding = {
  readonly command: string;
  /** `g r` is two keys after each other; `mod` is Ctrl, and Cmd on a Mac. Letters are as they are typed. */
  readonly keys: string;
  readonly words: string;
  readonly section: 'Move' | 'Act' | 'Desk' | 'Go to';
  /** Also while something is typed. */
  readonly inFields?: true;
  /** The button that has the focus knows this key by itself. */
  readonly isNative?: true;
};

/** The one table: the handler, the help and every hint on a button read it. */
export const KEYMAP = [
  { command: 'next', keys: 'j', words: 'Next row', section: 'Move' },
  { command: 'previous', keys: 'k', words: 'Previous row', section: 'Move' },
  { command: 'open', keys: 'Enter', words: 'Open or close', section: 'Move', isNative: true },
  { command: 'back', keys: 'Escape', words: 'Back: field, selection, open row', section: 'Move' },
  { command: 'select', keys: 'x', words: 'Select the row', section: 'Act' },
  { command: 'selectTo', keys: 'X', words: 'Select up to the row', section: 'Act' },
  { command: 'acknowledge', keys: 'a', words: 'Acknowledge the selection or row', section: 'Act' },
  { command: 'mute', keys: 'm', words: 'Mute the event', section: 'Act' },
  { command: 'showNew', keys: 'n', words: 'Show new alerts', section: 'Desk' },
  { command: 'pause', keys: 'p', words: 'Pause or resume', section: 'Desk' },
  { command: 'search', keys: '/', words: 'Search', section: 'Desk' },
  { command: 'palette', keys: 'mod+k', words: 'Find a page, event or command', section: 'Desk', inFields: true },
  { command: 'help', keys: '?', words: 'These keys', section: 'Desk' },
  { command: 'goRisk', keys: 'g r', words: 'Risk Monitoring', section: 'Go to' },
  { command: 'goEvents', keys: 'g e', words: 'Odds Comparison', section: 'Go to' },
  { command: 'goSettings', keys: 'g s', words: 'Settings', section: 'Go to' },
] as const satisfies readonly Binding[];

export type Command = (typeof KEYMAP)[number]['command'];

/** The row of a command. */
export function bindingOf(command: Command): Binding {
  const binding: Binding | undefined = KEYMAP.find((one) => one.command === command);
  if (binding === undefined) throw new Error(`expected a command of the keymap, got ${command}`);
  return binding;
}

const CAP_WORDS: Readonly<Record<string, string>> = { Escape: 'Esc', mod: 'Ctrl' };

/** The caps of a command's keys, as a hint shows them: `G`, `R`; `Shift`, `X`; `Ctrl`, `K`. */
export function keyCaps({ keys }: Pick<Binding, 'keys'>): readonly string[] {
  return keys.split(/[ +]/).flatMap((key) => {
    if (key.length > 1) return [CAP_WORDS[key] ?? key];
    return key !== key.toLowerCase() ? ['Shift', key] : [key.toUpperCase()];
  });
}

/** The same as `aria-keyshortcuts` wants it. One key after another has no form there. */
export function ariaShortcut(binding: Pick<Binding, 'keys'>): string | undefined {
  if (binding.keys.includes(' ')) return undefined;
  const caps = keyCaps(binding).map((cap) => (cap === 'Ctrl' ? 'Control' : cap === 'Esc' ? 'Escape' : cap));
  return caps.join('+');
}
