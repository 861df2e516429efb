import { CircleAlert } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { Notice } from './notice.tsx';

/** What went wrong, in the API's own words where it spoke, else that nothing answered. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'AppError') return error.message;
  return 'The desk’s server did not answer. It is asked again by itself as soon as it is back.';
}

type FailureProps = { readonly title: string; readonly reason: string; readonly onRetry: () => void };

/** Nothing can be shown: what failed, why, and another try. */
export function Failure({ title, reason, onRetry }: FailureProps) {
  return (
    <Notice
      role="alert"
      tone="alarming"
      icon={<CircleAlert />}
      title={title}
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      {reason}
    </Notice>
  );
}
