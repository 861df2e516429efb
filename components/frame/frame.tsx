'use client';

import type { ReactNode } from 'react';
import { DeskKeys } from '../keys/desk-keys.tsx';
import { Favicon } from './favicon.tsx';
import { News } from './news.tsx';
import { DensityMark, DeskClockReader } from './providers.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { TroubleNote } from './trouble-note.tsx';

/** Sidebar (or top bar) and page. The page scrolls, the frame stays. */
export function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex h-dvh flex-col lg:flex-row">
      <DeskClockReader />
      <DensityMark />
      <Favicon />
      <News />
      <DeskKeys />
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-panel focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <TopBar />
      <aside aria-label="Desk" className="hidden w-55 shrink-0 border-r lg:block">
        <Sidebar />
      </aside>
      <main id="page" tabIndex={-1} className="relative min-h-0 min-w-0 flex-1 bg-panel outline-none">
        {children}
        <TroubleNote />
      </main>
    </div>
  );
}
