import type { ReactNode } from 'react';
import { useDesk } from '../../hooks/use-risk-alerts.ts';
import { MutedCount } from '../mutes/muted-count.tsx';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The page's name and how much it watches. */
export function RiskHeading({ children }: { readonly children?: ReactNode }) {
  const desk = useDesk();
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 @lg:flex-nowrap px-4 pt-3.5 pb-2 @2xl:px-6 @2xl:pt-4.5">
      <h1 className="text-title font-semibold tracking-tight">Risk Monitoring</h1>
      <p className="order-last flex basis-full items-center gap-1.5 truncate text-secondary @lg:order-none @lg:min-h-5 @lg:basis-auto">
        <span className="hidden @lg:inline">
          {desk && `${plural(desk.openEvents, 'event')}, ${plural(desk.bookmakers.length, 'book')}`}
        </span>
        <MutedCount />
      </p>
      <div className="ml-auto flex min-h-8 gap-2">{children}</div>
    </header>
  );
}
