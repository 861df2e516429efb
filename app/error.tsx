'use client';

import { PageTitle } from '../components/frame/page-title.tsx';
import { Failure } from '../components/states/failure.tsx';
import { liveKey } from '../hooks/queries.ts';
import { useDeskSession } from '../hooks/use-desk-session.ts';

type ErrorPageProps = { readonly retry: () => void };

/** A page that broke while it was drawn. The frame around it lives on, and so does the badge. */
export default function ErrorPage({ retry }: ErrorPageProps) {
  const { queryClient } = useDeskSession();

  function tryAgain(): void {
    // What broke it may be in what it had read: only the frame's data, which stands, is kept.
    queryClient.removeQueries({ queryKey: liveKey, type: 'inactive' });
    retry();
  }

  return (
    <div className="flex h-full flex-col">
      <PageTitle>Broken page</PageTitle>
      <Failure
        title="This page broke"
        reason="Something in it could not be drawn. The rest of the desk still works."
        onRetry={tryAgain}
      />
    </div>
  );
}
