import { useEffect, useRef, useState } from 'react';
import type { NewsBaseline } from '../../hooks/alert-news.ts';
import { useDeskSession } from '../../hooks/use-desk-session.ts';
import { useOpenPage } from '../../hooks/use-open-page.ts';
import { useDesk } from '../../hooks/use-risk-alerts.ts';

/** A page whose server goes away while it loads asks again for the rest of itself. */
const RETRY_MS = 10_000;

/** Tells new alerts beyond the list. What tells them is loaded when the page stands; from then on nothing is missed. */
export function News() {
  const session = useDeskSession();
  const open = useOpenPage();
  const desk = useDesk();
  const [spoken, setSpoken] = useState('');
  const baseline = useRef<NewsBaseline>(null);
  const isKnown = desk !== undefined;

  // The first reading: later ones already hold what is to be told.
  useEffect(() => {
    if (desk === undefined) return;
    baseline.current ??= { epoch: desk.epoch, seq: desk.seq, deskMs: Date.parse(desk.clock.now) };
  }, [desk]);

  useEffect(() => {
    const from = baseline.current;
    if (!isKnown || from === null) return;
    let stop: (() => void) | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;

    async function load(begin: NewsBaseline): Promise<void> {
      try {
        const { startNews } = await import('./start-news.tsx');
        if (!isGone) stop = startNews({ session, baseline: begin, open, say: setSpoken });
      } catch {
        if (!isGone) retry = setTimeout(() => void load(begin), RETRY_MS);
      }
    }

    void load(from); // it never rejects
    return () => {
      isGone = true;
      clearTimeout(retry);
      stop?.();
    };
  }, [session, open, isKnown]);
  return (
    <p role="status" aria-live="polite" aria-atomic="true" aria-label="New critical alerts" className="sr-only">
      {spoken}
    </p>
  );
}
