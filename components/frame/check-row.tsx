import type { ReactNode } from 'react';

type CheckRowProps = {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Stands at the end of the row. */
  readonly children?: ReactNode;
};

/** One thing that is on or off. */
export function CheckRow({ label, checked, disabled = false, onChange, children }: CheckRowProps) {
  return (
    <div className="flex h-7.5 items-center">
      <label className="flex min-w-0 flex-1 items-center gap-2">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="size-4 shrink-0 accent-accent"
        />
        {label}
      </label>
      {children}
    </div>
  );
}
