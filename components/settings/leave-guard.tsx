import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Confirm } from '../ui/confirm.tsx';

type LeaveGuardProps = { readonly changes: number; readonly onDiscard: () => void };

/** The link of this desk that a click would follow in this tab to another page; undefined for any other click. */
function linkOut(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || (link.target !== '' && link.target !== '_self')) return undefined;
  // Who looks at an alert of a try comes back to the draft that it was of.
  if (link.dataset['keepsDraft'] !== undefined) return undefined;
  const { origin, pathname, search, hash } = new URL(link.href);
  if (origin !== location.origin || pathname === location.pathname) return undefined;
  return `${pathname}${search}${hash}`;
}

/**
 * Asks before unsaved changes are left behind: the browser itself before the tab is closed or loaded anew, a question
 * of ours before a link. Going back or a shortcut asks nothing and loses nothing: the draft waits in its tab.
 */
export function LeaveGuard({ changes, onDiscard }: LeaveGuardProps) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);
  const isUnsaved = changes > 0;

  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    // Before the router's own handlers, which would have left already.
    const hold = (event: MouseEvent): void => {
      const href = linkOut(event);
      if (href === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    addEventListener('beforeunload', ask);
    document.addEventListener('click', hold, true);
    return () => {
      removeEventListener('beforeunload', ask);
      document.removeEventListener('click', hold, true);
    };
  }, [isUnsaved]);

  return (
    <Confirm
      isOpen={target !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) setTarget(null);
      }}
      title={changes === 1 ? 'Leave one unsaved change?' : `Leave ${changes} unsaved changes?`}
      description="They are not in force, and are gone when you leave."
      action="Discard and leave"
      onConfirm={() => {
        onDiscard();
        if (target !== null) router.push(target);
      }}
    />
  );
}
