import './globals.css';
import latinExtended from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2';
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';
import { HydrationBoundary, dehydrate } from '@tanstack/react-query';
import type { Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { preload } from 'react-dom';
import { Frame } from '../components/frame/frame.tsx';
import { Providers } from '../components/frame/providers.tsx';
import type { Desk } from '../contracts/feed.ts';
import { createQueryClient } from '../hooks/query-client.ts';
import { PREFERENCES_COOKIE, preferencesOfCookie } from '../hooks/preference-storage.ts';
import { deskKey } from '../hooks/queries.ts';
import { serverQueries } from './server-queries.ts';

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f7f5' },
    { media: '(prefers-color-scheme: dark)', color: '#101113' },
  ],
};

/** The parts of Inter that nearly every page has letters of: asked for with the HTML, not when the styles are read. */
const FONTS = [latin, latinExtended];

/** The nonce of the page's Content-Security-Policy, where the server sets one. */
function nonceOf(policy: string | null): string | undefined {
  return policy?.match(/'nonce-([^']+)'/)?.[1];
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  for (const font of FONTS) preload(font, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  // Reading the request makes every page dynamic: a page of live prices is never one of build time.
  const nonce = nonceOf((await headers()).get('content-security-policy'));
  const preferences = preferencesOfCookie((await cookies()).get(PREFERENCES_COOKIE)?.value);
  const client = createQueryClient();
  await client.prefetchQuery(serverQueries.desk());
  const desk = client.getQueryData<Desk>(deskKey);
  const pageMs = desk === undefined ? Date.now() : Date.parse(desk.clock.now);
  return (
    <html lang="en" data-density={preferences.density} suppressHydrationWarning>
      <body className="bg-background text-ink">
        <Providers pageMs={pageMs} preferences={preferences} nonce={nonce}>
          <HydrationBoundary state={dehydrate(client)}>
            <Frame>{children}</Frame>
          </HydrationBoundary>
        </Providers>
      </body>
    </html>
  );
}
