import { CheckCheck } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import { Button } from '../ui/button.tsx';

const loadDialog = lateParts.add(() => import('./acknowledge-all-dialog.tsx'));
const AcknowledgeAllDialog = lazy(loadDialog);

type AcknowledgeAllProps = {
  readonly count: number;
  readonly isNarrowed: boolean;
  readonly onAcknowledge: (note: string) => void;
};

/** Takes everything that matches off the desk, after one question. */
export function AcknowledgeAll({ count, isNarrowed, onAcknowledge }: AcknowledgeAllProps) {
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  return (
    <>
      <Button
        variant="ghost"
        size="quiet"
        className="-mr-2.5 ml-auto"
        disabled={count === 0}
        aria-haspopup="dialog"
        onPointerEnter={() => void loadDialog()} // a failed load is tried again by the click
        onClick={() => setIsOpen(true)}
      >
        <CheckCheck /> Acknowledge all
      </Button>
      {isOpen !== null && (
        <Suspense>
          <AcknowledgeAllDialog
            isOpen={isOpen}
            onOpenChange={setIsOpen}
            count={count}
            isNarrowed={isNarrowed}
            onAcknowledge={onAcknowledge}
          />
        </Suspense>
      )}
    </>
  );
}
