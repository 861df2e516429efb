import type { ReactNode } from 'react';
import { cn } from '../ui/class-names.ts';

type NoticeProps = {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly tone?: 'calm' | 'alarming';
  readonly role?: 'status' | 'alert';
};

/** A place without rows says why, and what can be done. */
export function Notice({ icon, title, children, action, tone = 'calm', role = 'status' }: NoticeProps) {
  return (
    <div role={role} className="flex flex-1 flex-col items-center justify-center gap-1 px-6 py-16 text-center">
      <span
        aria-hidden
        className={cn(
          'mb-3 flex size-11 items-center justify-center rounded-full bg-chip [&_svg]:size-5',
          tone === 'alarming' ? 'text-critical-ink' : 'text-secondary',
        )}
      >
        {icon}
      </span>
      <p className="text-base font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-[26rem] text-secondary">{children}</div>}
      {action !== undefined && <div className="mt-4">{action}</div>}
    </div>
  );
}
