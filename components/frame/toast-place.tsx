import { type CSSProperties, useEffect, useSyncExternalStore } from 'react';
import { Toaster } from 'sonner';
import { toasts } from '../../hooks/toasts.ts';
import { useMediaQuery } from '../../hooks/use-media-query.ts';

/** Below this width a pane comes from the bottom. The same number as the `md` breakpoint of the classes. */
const PHONE = '(max-width: 47.99rem)';
/** From here on the sidebar is there. The same number as the `lg` breakpoint of the classes. */
const WITH_SIDEBAR = '(min-width: 64rem)';

/**
 * In the sidebar, between feeds and connection, where nothing is to be clicked. Where there is none, at the foot of the
 * page: above the banner of a delayed desk and the bar that saves settings, beside the boxes that select rows.
 */
const PLACES = {
  sidebar: { bottom: '5.75rem', left: '0.5rem' },
  foot: { bottom: '4.25rem', left: '3rem' },
} as const;

/**
 * Where toasts appear, in the desk's own colours; over a phone's sheet in one line, where only the dimmed page is.
 * Its effect runs after the toaster's, which then listens.
 */
export default function ToastPlace() {
  useEffect(() => toasts.placeMounted(), []);
  const isSheetOpen = useSyncExternalStore(toasts.subscribe, toasts.isSheetOpen, () => false);
  const isPhone = useMediaQuery(PHONE);
  const isOverSheet = isPhone && isSheetOpen;
  const hasSidebar = useMediaQuery(WITH_SIDEBAR);
  const place = hasSidebar ? PLACES.sidebar : PLACES.foot;
  return (
    <Toaster
      // Left to itself it asks the document for it with every drawing, which styles and lays out the page then and there.
      dir="ltr"
      position={isOverSheet ? 'top-center' : 'bottom-left'}
      offset={{ top: '0.75rem', ...place }}
      mobileOffset={{ top: '0.75rem', ...place, ...(isOverSheet ? { left: '1rem' } : {}) }}
      // Under what is opened from the sidebar; over a phone's sheet, to which it is said.
      {...(hasSidebar ? { style: { '--width': '12.75rem', zIndex: 30 } as CSSProperties } : {})}
      toastOptions={{
        unstyled: true,
        classNames: {
          // A sheet takes the pointer from all else; toasts keep it, and are no way out of the sheet. At the foot they stand
          // on their place by a transform: one that grows moves nothing but itself, and is not laid out anew for it.
          toast:
            'data-[y-position=bottom]:top-0! data-[y-position=bottom]:bottom-auto! data-[y-position=bottom]:-translate-y-full pointer-events-auto flex w-(--width) flex-wrap items-center font-sans gap-x-3 gap-y-2 rounded-md border border-rule-strong bg-panel px-3 py-2.5 text-body text-ink shadow-lg max-[600px]:w-[calc(100vw-4rem)]! max-[600px]:data-[y-position=top]:w-[calc(100vw-2rem)]!',
          // Of a toast of one piece, as of news, this is the whole.
          content: 'min-w-0 flex-1 basis-32',
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
