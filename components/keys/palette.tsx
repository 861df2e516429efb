import { useInfiniteQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useTheme } from 'next-themes';
import { Dialog } from 'radix-ui';
import { type ReactNode, useDeferredValue, useRef, useState } from 'react';
import { queries } from '../../hooks/browser-api.ts';
import { type Command as KeyCommand, KEYMAP } from '../../hooks/keymap.ts';
import { DENSITIES, ODDS_FORMATS } from '../../hooks/preferences.ts';
import { keyCommands, useAvailableCommands } from '../../hooks/use-key-commands.ts';
import { useOpenPage } from '../../hooks/use-open-page.ts';
import { choosePreferences } from '../../hooks/use-preferences.ts';
import { Countdown } from '../time/age.tsx';
import { useReturnFocus } from '../ui/return-focus.ts';
import { KeyHint } from './key-hint.tsx';
import { isMeant } from './palette-filter.ts';

/** Fewer letters would find half of the desk. */
const MIN_LETTERS = 2;
const MAX_EVENTS = 8;
const EVENT = 'event ';

/** What the list itself is for: moving in it, and opening this very window. */
const LEFT_OUT: ReadonlySet<KeyCommand> = new Set(['next', 'previous', 'open', 'back', 'palette']);

const THEMES = ['light', 'dark', 'system'] as const;
const FORMAT_WORDS = { decimal: 'decimal', fractional: 'fractional', american: 'American', percent: 'implied percent' };

type PaletteProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };
type ItemProps = { readonly value: string; readonly onChoose: () => void; readonly children: ReactNode };

function Item({ value, onChoose, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onChoose}
      className="flex min-h-9 items-center gap-2 rounded-sm px-2.5 outline-none data-[selected=true]:bg-hover"
    >
      {children}
    </Command.Item>
  );
}

const groupClasses =
  'p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-quiet [&_[cmdk-group-heading]]:text-secondary';

/** Events whose names begin with the words. What was found before stays until the next answer. */
function Events({ words, onGo }: { readonly words: string; readonly onGo: (address: string) => void }) {
  const asked = useDeferredValue(words.trim());
  const isAsked = asked.length >= MIN_LETTERS;
  const { data } = useInfiniteQuery({ ...queries.events(asked), enabled: isAsked });
  const events = isAsked ? (data?.pages[0]?.events ?? []).slice(0, MAX_EVENTS) : [];
  if (events.length === 0) return null;
  return (
    <Command.Group heading="Events" className={groupClasses}>
      {events.map(({ id, home, away, league, kickoff }) => (
        <Item key={id} value={`${EVENT}${id} ${home} ${away}`} onChoose={() => onGo(`/events/${id}`)}>
          <span className="min-w-0 truncate">
            <bdi>{home}</bdi> <span className="text-secondary">v</span> <bdi>{away}</bdi>
          </span>
          <span className="min-w-0 flex-1 truncate text-quiet text-secondary">{league}</span>
          <Countdown kickoff={kickoff} className="text-quiet" />
        </Item>
      ))}
    </Command.Group>
  );
}

/** The server has found the events already; the rest is filtered here. */
const filter = (value: string, search: string): number => (value.startsWith(EVENT) || isMeant(value, search) ? 1 : 0);

/** Pages, events and everything that can be done, found by typing. Loaded when it is asked for. */
export default function Palette({ isOpen, onOpenChange }: PaletteProps) {
  const openPage = useOpenPage();
  const { setTheme } = useTheme();
  const available = useAvailableCommands();
  const [words, setWords] = useState('');
  const focus = useReturnFocus();
  const chosen = useRef<(() => void) | null>(null);

  /** Carried out once the window is gone and the focus is back where it was: a command may move it. */
  function choose(run: () => void): void {
    chosen.current = run;
    onOpenChange(false);
  }

  function onClosed(event: Event): void {
    focus.onCloseAutoFocus(event);
    const run = chosen.current;
    chosen.current = null;
    setWords('');
    if (run !== null) setTimeout(run);
  }

  const commands = KEYMAP.filter(({ command }) => available.has(command) && !LEFT_OUT.has(command));
  const items = (isPage: boolean) =>
    commands
      .filter(({ section }) => (section === 'Go to') === isPage)
      .map(({ command, words: label }) => (
        <Item key={command} value={label} onChoose={() => choose(() => void keyCommands.run(command))}>
          <span className="flex-1">{label}</span>
          <KeyHint command={command} />
        </Item>
      ));

  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focus.onOpenAutoFocus}
          onCloseAutoFocus={onClosed}
          className="fixed top-[12dvh] left-1/2 z-50 w-[36rem] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 overflow-hidden rounded-xl border border-rule-strong bg-panel shadow-xl outline-none"
        >
          <Dialog.Title className="sr-only">Pages, events and commands</Dialog.Title>
          <Command label="Pages, events and commands" filter={filter} loop>
            <Command.Input
              value={words}
              onValueChange={setWords}
              placeholder="Page, event or command"
              className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-secondary"
            />
            <Command.List className="scroll-quiet max-h-[min(26rem,60dvh)] overflow-y-auto">
              <Command.Empty className="px-4 py-6 text-center text-secondary">Nothing is called that.</Command.Empty>
              <Events words={words} onGo={(address) => choose(() => openPage(address))} />
              <Command.Group heading="Commands" className={groupClasses}>
                {items(false)}
              </Command.Group>
              <Command.Group heading="Pages" className={groupClasses}>
                {items(true)}
              </Command.Group>
              <Command.Group heading="How it looks" className={groupClasses}>
                {THEMES.map((theme) => (
                  <Item key={theme} value={`Theme ${theme}`} onChoose={() => choose(() => setTheme(theme))}>
                    Theme: {theme}
                  </Item>
                ))}
                {DENSITIES.map((density) => (
                  <Item
                    key={density}
                    value={`Rows ${density} density`}
                    onChoose={() => choose(() => choosePreferences({ density }))}
                  >
                    Rows: {density}
                  </Item>
                ))}
                {ODDS_FORMATS.map((odds) => (
                  <Item
                    key={odds}
                    value={`Odds ${FORMAT_WORDS[odds]} format`}
                    onChoose={() => choose(() => choosePreferences({ odds }))}
                  >
                    Odds: {FORMAT_WORDS[odds]}
                  </Item>
                ))}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
