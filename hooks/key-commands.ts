import { type Binding, type Command, KEYMAP } from './keymap.ts';
import { createSubscribers } from './subscribers.ts';

/** How long a first key waits for its second. */
export const SEQUENCE_MS = 1_500;

/** What is known of a key press, and where it was pressed. */
export type KeyPress = {
  readonly key: string;
  readonly hasControl: boolean;
  readonly hasAlt: boolean;
  /** Something is being typed there. */
  readonly inField: boolean;
  /** A button or a link that does its own thing with Enter. */
  readonly onControl: boolean;
  /** A dialog or a menu is open: its keys are its own. */
  readonly inDialog: boolean;
};

export type CommandHandlers = Partial<Readonly<Record<Command, () => void>>>;

function pressed({ key, hasControl, hasAlt }: KeyPress): string | null {
  if (hasAlt) return null;
  return hasControl ? `mod+${key.toLowerCase()}` : key;
}

const isAllowed = (binding: Binding, press: KeyPress): boolean =>
  !press.inDialog && !(press.inField && binding.inFields !== true) && !(press.onControl && binding.isNative === true);

/**
 * What the keys do on this page. Parts of the page register the commands that they can carry out; of two that
 * register the same the later one holds, until its undo.
 */
export function createKeyCommands(now: () => number) {
  const subscribers = createSubscribers();
  let registered: readonly CommandHandlers[] = [];
  let available: ReadonlySet<Command> = new Set();
  let first: { readonly key: string; readonly atMs: number } | undefined;

  function change(next: readonly CommandHandlers[]): void {
    registered = next;
    available = new Set(KEYMAP.map(({ command }) => command).filter((command) => handlerOf(command) !== undefined));
    subscribers.notify();
  }

  const handlerOf = (command: Command): (() => void) | undefined =>
    registered.findLast((handlers) => handlers[command] !== undefined)?.[command];

  /** Carries it out; false where nothing on the page can. */
  function run(command: Command): boolean {
    const handler = handlerOf(command);
    handler?.();
    return handler !== undefined;
  }

  return {
    subscribe: subscribers.add,
    /** The commands that something on the page can carry out now. */
    getSnapshot: (): ReadonlySet<Command> => available,
    register(handlers: CommandHandlers): () => void {
      change([...registered, handlers]);
      return () => change(registered.filter((other) => other !== handlers));
    },
    run,
    /** Whether the key was used up. */
    press(press: KeyPress): boolean {
      const key = pressed(press);
      const before = first !== undefined && now() - first.atMs <= SEQUENCE_MS ? first.key : undefined;
      first = undefined;
      if (key === null) return false;
      const fits = (keys: string): Binding | undefined =>
        KEYMAP.find((binding: Binding) => binding.keys === keys && isAllowed(binding, press));
      const binding = (before === undefined ? undefined : fits(`${before} ${key}`)) ?? fits(key);
      if (binding !== undefined) return run(binding.command as Command);
      const isFirst = KEYMAP.some((one: Binding) => one.keys.startsWith(`${key} `) && isAllowed(one, press));
      if (isFirst) first = { key, atMs: now() };
      return isFirst;
    },
  };
}
export type KeyCommands = ReturnType<typeof createKeyCommands>;
