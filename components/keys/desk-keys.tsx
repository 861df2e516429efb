import { Suspense, lazy, useEffect, useState } from 'react';
import { keyCommands, keyPressOf, useKeyCommands } from '../../hooks/use-key-commands.ts';
import { useOpenPage } from '../../hooks/use-open-page.ts';

const KeyHelp = lazy(() => import('./key-help.tsx'));
const Palette = lazy(() => import('./palette.tsx'));

/** The search field of the page, if it has one in sight. */
const searchField = (): HTMLInputElement | undefined =>
  [...document.querySelectorAll<HTMLInputElement>('main input[type="search"]')].find((field) =>
    field.checkVisibility(),
  );

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || (event.repeat && event.key !== 'j' && event.key !== 'k')) return;
  const press = keyPressOf(event);
  if (press.inField && !press.inDialog && event.key === 'Escape' && event.target instanceof HTMLElement) {
    event.target.blur();
    return;
  }
  if (keyCommands.press(press)) event.preventDefault();
}

/** The keys that work on every page, and the dialogs that they open. */
export function DeskKeys() {
  const open = useOpenPage();
  const [isHelpOpen, setIsHelpOpen] = useState<boolean | null>(null);
  const [isPaletteOpen, setIsPaletteOpen] = useState<boolean | null>(null);

  useEffect(() => {
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);

  useKeyCommands({
    help: () => setIsHelpOpen(true),
    palette: () => setIsPaletteOpen(true),
    search: () => searchField()?.focus(),
    goRisk: () => open('/risk-monitoring'),
    goEvents: () => open('/events'),
    goSettings: () => open('/settings'),
  });

  return (
    <Suspense>
      {isHelpOpen !== null && <KeyHelp isOpen={isHelpOpen} onOpenChange={setIsHelpOpen} />}
      {isPaletteOpen !== null && <Palette isOpen={isPaletteOpen} onOpenChange={setIsPaletteOpen} />}
    </Suspense>
  );
}
