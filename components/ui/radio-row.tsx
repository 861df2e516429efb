import type { ReactNode } from 'react';

type RadioRowProps = {
  readonly name: string;
  readonly isChecked: boolean;
  readonly onCheck: () => void;
  readonly label: string;
  /** What the choice means here, beside its label; a field of its own may stand in it. */
  readonly children?: ReactNode;
};

/** One of several choices on a line of its own. */
export function RadioRow({ name, isChecked, onCheck, label, children }: RadioRowProps) {
  return (
    <div className="flex min-h-8 items-center gap-2">
      <label className="flex min-h-8 shrink-0 items-center gap-2.5">
        <input
          type="radio"
          name={name}
          checked={isChecked}
          onChange={onCheck}
          className="size-4 shrink-0 accent-accent"
        />
        {label}
      </label>
      <span className="min-w-0 flex-1 truncate text-right text-secondary">{children}</span>
    </div>
  );
}
