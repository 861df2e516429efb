import { useEffect, useSyncExternalStore } from 'react';
import { Toaster } from 'sonner';
import { toasts } from '../../hooks/toasts.ts';
import { useMediaQuery } from '../../hooks/use-media-query.ts';

/** Below this width a pane comes from the bottom. The same number as the `md` breakpoint of the classes. */
const PHONE = '(max-width: 47.99rem)';
/** Above the banner of a delayed desk, and above the bar that saves settings. */
const BOTTOM = '4.25rem';

/**
 * Where toasts appear, in the desk's own colours: at the foot of the main column, where only rows are that can be
 * scrolled from under them, and over a phone's sheet, in one line, where only the dimmed page is.
 * Its effect runs after the toaster's, which then listens.
 */
export default function ToastPlace() {
  useEffect(() => toasts.placeMounted(), []);
  const isSheetOpen = useSyncExternalStore(toasts.subscribe, toasts.isSheetOpen, () => false);
  const isPhone = useMediaQuery(PHONE);
  return (
    <Toaster
      position={isPhone && isSheetOpen ? 'top-center' : 'bottom-left'}
      offset={{ top: '0.75rem', bottom: BOTTOM, left: 'var(--main-left)' }}
      mobileOffset={{ top: '0.75rem', bottom: BOTTOM }}
      toastOptions={{
        unstyled: true,
        classNames: {
          // A sheet takes the pointer from all else; toasts keep it, and are no way out of the sheet.
          toast:
            'pointer-events-auto flex w-(--width) items-center font-sans gap-3 rounded-md border border-rule-strong bg-panel px-4 py-3 text-body text-ink shadow-lg',
          // Of a toast of one piece, as of news, this is the whole.
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'text-quiet text-secondary',
          icon: 'text-secondary',
          actionButton:
            'ml-auto h-7 shrink-0 rounded-md border border-rule-strong px-2.5 text-quiet font-medium hover:bg-hover',
        },
      }}
    />
  );
}
