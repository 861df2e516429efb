import { ChartNoAxesColumn, Settings2, Triangle } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useRiskAlerts } from '../../hooks/use-risk-alerts.ts';
import { cn } from '../ui/class-names.ts';
import { AlertBadge } from './alert-badge.tsx';

const PAGES = [
  { href: '/risk-monitoring', label: 'Risk Monitoring', Icon: Triangle },
  { href: '/events', label: 'Odds Comparison', Icon: ChartNoAxesColumn },
  { href: '/settings', label: 'Settings', Icon: Settings2 },
] as const;

/** The desk's pages; the badge hangs on the first. */
export function Navigation({ onNavigate }: { readonly onNavigate?: () => void }) {
  const pathname = usePathname();
  const { badge, silent } = useRiskAlerts();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {PAGES.map(({ href, label, Icon }) => {
          const isCurrent = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                // The document never scrolls: asking where it stands would only lay out the new page in the middle of its coming.
                scroll={false}
                {...(onNavigate === undefined ? {} : { onClick: onNavigate })}
                aria-current={isCurrent ? 'page' : undefined}
                className={cn(
                  'flex h-9 items-center gap-2.5 rounded-md border px-2 text-body font-medium whitespace-nowrap',
                  isCurrent
                    ? 'border-rule bg-panel text-ink'
                    : 'border-transparent text-secondary hover:bg-hover hover:text-ink',
                )}
              >
                <Icon className="size-4 shrink-0" aria-hidden />
                {label}
                {href === '/risk-monitoring' && <AlertBadge state={badge} silent={silent} className="ml-auto" />}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
