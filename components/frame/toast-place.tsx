import { useEffect } from 'react';
import { Toaster } from 'sonner';
import { toasts } from '../../hooks/toasts.ts';

/** Where toasts appear, in the desk's own colours. Its effect runs after the toaster's, which then listens. */
export default function ToastPlace() {
  useEffect(() => toasts.placeMounted(), []);
  return (
    <Toaster
      position="bottom-center"
      // Above the banner of a delayed desk.
      offset={{ bottom: '3.5rem' }}
      mobileOffset={{ bottom: '3.5rem' }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-(--width) items-center font-sans gap-3 rounded-md border border-rule-strong bg-panel px-4 py-3 text-body text-ink shadow-lg',
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
