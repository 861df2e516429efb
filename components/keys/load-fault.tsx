import { X } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { Button } from '../ui/button.tsx';

const GONE_AFTER_MS = 8_000;

type LoadFaultProps = {
  /** At the beginning of a sentence. */
  readonly what: string;
  readonly onClose: () => void;
};

/** Says that a part of the desk cannot be opened now. It needs no code of its own, which would not come either. */
export function LoadFault({ what, onClose }: LoadFaultProps) {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const timer = setTimeout(close, GONE_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      role="alert"
      className="fixed top-3 left-1/2 z-50 flex w-max max-w-[calc(100%-1.5rem)] -translate-x-1/2 items-center gap-2 rounded-md border border-rule-strong bg-panel py-1.5 pr-1.5 pl-4 text-quiet shadow-lg"
    >
      <span>{what} cannot be loaded while the server is away. Everything in sight goes on working.</span>
      <Button variant="ghost" size="iconSmall" aria-label="Close" onClick={onClose}>
        <X />
      </Button>
    </div>
  );
}
