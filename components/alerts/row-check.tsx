import { type MouseEvent, useEffect, useRef } from 'react';
import type { Chosen } from '../../hooks/selection.ts';
import { cn } from '../ui/class-names.ts';

type RowCheckProps = {
  readonly label: string;
  readonly chosen: Chosen;
  readonly tabIndex: number;
  /** A range, when Shift was held. */
  readonly onChoose: (how: { readonly isRange: boolean }) => void;
  readonly className?: string;
};

/** Chooses a row. Seen while the pointer or the focus is on the row, once anything is chosen, and always on touch. */
export function RowCheck({ label, chosen, tabIndex, onChoose, className }: RowCheckProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // There is no attribute for it.
    if (box.current !== null) box.current.indeterminate = chosen === 'some';
  }, [chosen]);
  return (
    // The place to hit is larger than the box.
    <label className={cn('absolute z-1 flex size-7 items-center justify-center', className)}>
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={chosen === 'all'}
        tabIndex={tabIndex}
        onChange={() => {}}
        onClick={(event: MouseEvent) => onChoose({ isRange: event.shiftKey })}
        className={cn(
          'size-3.75 accent-accent focus-visible:opacity-100 pointer-coarse:opacity-100',
          chosen === 'none' && 'opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100',
        )}
      />
    </label>
  );
}
