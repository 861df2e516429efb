'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { deskTime } from '../../hooks/desk-clock.ts';
import { deskSession } from '../../hooks/desk-session.ts';
import { DeskSessionContext } from '../../hooks/use-desk-session.ts';
import type { Preferences } from '../../hooks/preferences.ts';
import { HydratedContext, PageTimeContext } from '../../hooks/use-desk-time.ts';
import { PagePreferencesContext, usePreferences } from '../../hooks/use-preferences.ts';
import { useDesk } from '../../hooks/use-risk-alerts.ts';
import { Toasts } from './toasts.tsx';

/** Hands every reading of the desk's clock to the tab's ticker. */
export function DeskClockReader() {
  const clock = useDesk()?.clock;
  useEffect(() => {
    if (clock !== undefined) deskTime.observe(clock);
  }, [clock]);
  return null;
}

/** Puts the density on the document, where the classes of rows look for it. The server's page has it already. */
export function DensityMark() {
  const { density } = usePreferences();
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  return null;
}

type ProvidersProps = {
  readonly pageMs: number;
  /** What the page was drawn with. */
  readonly preferences: Preferences;
  readonly nonce: string | undefined;
  readonly children: ReactNode;
};

/** All that a page needs around it: cache, live connection, desk time, theme, address state, toasts. */
export function Providers({ pageMs, preferences, nonce, children }: ProvidersProps) {
  const [session] = useState(deskSession);
  // Not undone on unmount: the connection lives as long as its tab, and Strict Mode's trial unmount would cut it.
  useEffect(() => session.start(), [session]);
  const [isHydrated, setIsHydrated] = useState(false);
  useEffect(() => startTransition(() => setIsHydrated(true)), []);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryClientProvider client={session.queryClient}>
        <DeskSessionContext value={session}>
          <PageTimeContext value={pageMs}>
            <HydratedContext value={isHydrated}>
              <PagePreferencesContext value={preferences}>
                <NuqsAdapter>{children}</NuqsAdapter>
                <Toasts />
              </PagePreferencesContext>
            </HydratedContext>
          </PageTimeContext>
        </DeskSessionContext>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
