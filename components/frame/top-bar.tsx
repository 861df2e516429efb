import { Menu } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useRiskAlerts } from '../../hooks/use-risk-alerts.ts';
import { Button } from '../ui/button.tsx';
import { LazySheet } from '../ui/lazy-sheet.tsx';
import { AlertBadge } from './alert-badge.tsx';
import { FeedKindLabel } from './feed-kind-label.tsx';
import { Sidebar } from './sidebar.tsx';
import { Wordmark } from './wordmark.tsx';

const CONNECTION_WORDS = { connecting: '', live: '', reconnecting: 'Reconnecting', offline: 'Offline' } as const;

/** The frame of a narrow screen: the badge stays in sight, everything else is one tap away. */
export function TopBar() {
  const [isOpen, setIsOpen] = useState(false);
  const { badge, silent, connection } = useRiskAlerts();
  return (
    <header className="flex h-12 shrink-0 items-center gap-2.5 border-b pr-4 pl-2 lg:hidden">
      <Button variant="ghost" size="icon" aria-label="Open menu" onClick={() => setIsOpen(true)}>
        <Menu />
      </Button>
      <Wordmark />
      <FeedKindLabel />
      <span className="ml-auto truncate text-quiet text-warning-ink">{CONNECTION_WORDS[connection.kind]}</span>
      <Link href="/risk-monitoring" className="rounded-full">
        <span className="sr-only">Risk Monitoring: </span>
        <AlertBadge state={badge} silent={silent} />
      </Link>
      <LazySheet open={isOpen} onOpenChange={setIsOpen} side="left" title="Menu">
        <Sidebar onNavigate={() => setIsOpen(false)} />
      </LazySheet>
    </header>
  );
}
