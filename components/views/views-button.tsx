import { Bookmark } from 'lucide-react';
import { type ComponentProps, Suspense, lazy, useState } from 'react';
import type { AlertView } from '../../hooks/alert-view.ts';
import { lateParts } from '../../hooks/late-parts.ts';
import { Button } from '../ui/button.tsx';

const loadPopover = lateParts.add(() => import('./views-popover.tsx'));
const ViewsPopover = lazy(loadPopover);

type ViewsButtonProps = { readonly view: AlertView; readonly onChange: (change: Partial<AlertView>) => void };

/** The views that the desk has saved, behind one button. */
export function ViewsButton(props: ViewsButtonProps) {
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const renderButton = (attributes: ComponentProps<'button'>) => (
    <Button aria-label="Views" title="Saved views" {...attributes}>
      <Bookmark />
      <span className="hidden @3xl:inline">Views</span>
    </Button>
  );
  const waiting = renderButton({
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
    onPointerEnter: () => void loadPopover().catch(() => {}), // a failed load is tried again by the click
    onFocus: () => void loadPopover().catch(() => {}), // likewise
    onClick: () => setIsOpen(true),
  });
  if (isOpen === null) return waiting;
  return (
    <Suspense fallback={waiting}>
      <ViewsPopover {...props} trigger={renderButton({})} isOpen={isOpen} onOpenChange={setIsOpen} />
    </Suspense>
  );
}
