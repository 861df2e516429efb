import { Suspense, lazy, useEffect, useState } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import { keyCommands, keyPressOf, useKeyCommands } from '../../hooks/use-key-commands.ts';
import { useOpenPage } from '../../hooks/use-open-page.ts';
import { LoadFault } from './load-fault.tsx';

const loadHelp = lateParts.add(() => import('./key-help.tsx'));
const loadPalette = lateParts.add(() => import('./palette.tsx'));
const KeyHelp = lazy(loadHelp);
const Palette = lazy(loadPalette);

/** The search field of the page, if it has one in sight. */
const searchField = (): HTMLInputElement | undefined =>
  [...document.querySelectorAll<HTMLInputElement>('main input[type="search"]')].find((field) =>
    field.checkVisibility(),
  );

/** Where the focus was before the search field took it; the row that the keys act upon where that is gone. */
function placeBefore(cameFrom: Element | null): HTMLElement | null {
  if (cameFrom instanceof HTMLElement && cameFrom.isConnected && cameFrom !== document.body) return cameFrom;
  return document.querySelector<HTMLElement>('main [data-row-button][tabindex="0"]');
}

let cameFrom: Element | null = null;

function search(): void {
  const field = searchField();
  if (field === undefined || field === document.activeElement) return;
  cameFrom = document.activeElement;
  field.focus();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || (event.repeat && event.key !== 'j' && event.key !== 'k')) return;
  const press = keyPressOf(event);
  if (press.inField && !press.inDialog && event.key === 'Escape' && event.target instanceof HTMLElement) {
    event.target.blur();
    if (event.target === searchField()) placeBefore(cameFrom)?.focus();
    cameFrom = null;
    return;
  }
  if (keyCommands.press(press)) event.preventDefault();
}

/** The keys that work on every page, and the dialogs that they open. */
export function DeskKeys() {
  const openPage = useOpenPage();
  const [isHelpOpen, setIsHelpOpen] = useState<boolean | null>(null);
  const [isPaletteOpen, setIsPaletteOpen] = useState<boolean | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  useEffect(() => {
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);

  /** Only what has come is opened: a part that is missing would take the page with it. */
  function open(what: string, load: () => Promise<unknown>, show: () => void): void {
    setFault(null);
    load().then(show, () => setFault(what));
  }

  useKeyCommands({
    help: () => open('The list of keys', loadHelp, () => setIsHelpOpen(true)),
    palette: () => open('The palette', loadPalette, () => setIsPaletteOpen(true)),
    search,
    goRisk: () => openPage('/risk-monitoring'),
    goEvents: () => openPage('/events'),
    goSettings: () => openPage('/settings'),
  });

  return (
    <Suspense>
      {fault !== null && <LoadFault key={fault} what={fault} onClose={() => setFault(null)} />}
      {isHelpOpen !== null && <KeyHelp isOpen={isHelpOpen} onOpenChange={setIsHelpOpen} />}
      {isPaletteOpen !== null && <Palette isOpen={isPaletteOpen} onOpenChange={setIsPaletteOpen} />}
    </Suspense>
  );
}
