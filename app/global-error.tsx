'use client';

import './globals.css';
import { Failure } from '../components/states/failure.tsx';
import { deskSession } from '../hooks/desk-session.ts';

type GlobalErrorProps = { readonly retry: () => void };

/** When the frame itself broke: nothing of it can be trusted, so this stands alone. */
export default function GlobalError({ retry }: GlobalErrorProps) {
  function tryAgain(): void {
    // What broke it may be in what it had read.
    deskSession().queryClient.clear();
    retry();
  }

  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col bg-background text-ink">
        <title>Linewatch is not available</title>
        <h1 className="sr-only">Linewatch</h1>
        <Failure
          title="The desk could not be drawn"
          reason="The frame around the pages failed. Alerts are still found and stored."
          onRetry={tryAgain}
        />
      </body>
    </html>
  );
}
