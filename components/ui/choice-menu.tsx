import { type ComponentProps, type ReactElement, Suspense, lazy, useState } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import type { MenuProps } from './menu.tsx';

const loadMenu = lateParts.add(() => import('./menu.tsx'));
const Menu = lazy(loadMenu);

type ChoiceMenuProps = Omit<MenuProps, 'trigger' | 'isOpen' | 'onOpenChange'> & {
  readonly renderTrigger: (attributes: ComponentProps<'button'>) => ReactElement;
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined;
};

/**
 * A menu behind a button. Its code (with the placing of floating things) is as large as the rest of the page's
 * own, so it is fetched when the pointer or the focus comes near, and in use from the first click on.
 */
export function ChoiceMenu({ renderTrigger, onOpenChange, ...menu }: ChoiceMenuProps) {
  const [isOpen, setIsOpen] = useState<boolean | null>(null);

  function change(next: boolean): void {
    setIsOpen(next);
    onOpenChange?.(next);
  }

  const waiting = renderTrigger({
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: () => void loadMenu().catch(() => {}), // a failed load is tried again by the click
    onFocus: () => void loadMenu().catch(() => {}), // likewise
    onClick: () => change(true),
  });
  if (isOpen === null) return waiting;
  return (
    <Suspense fallback={waiting}>
      <Menu {...menu} trigger={renderTrigger({})} isOpen={isOpen} onOpenChange={change} />
    </Suspense>
  );
}
