import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { isHeard } from './desk-trouble.ts';
import { heldPages } from './held-pages.ts';
import { useDeskSession } from './use-desk-session.ts';

/** Opens an address of the desk; another page only while the server is heard, see `heldPages`. */
export function useOpenPage(): (address: string) => void {
  const router = useRouter();
  const { link } = useDeskSession();
  return useCallback(
    (address) => {
      const isOther = new URL(address, location.href).pathname !== location.pathname;
      if (isOther && !isHeard(link.getSnapshot().connection)) return heldPages.hold();
      router.push(address, { scroll: false }); // the document never scrolls
    },
    [router, link],
  );
}
