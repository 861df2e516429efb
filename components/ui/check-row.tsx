import type { ReactNode } from 'react';

type CheckRowProps = {
  readonly type: 'checkbox' | 'radio';
  /** Of its group; only radios have one. */
  readonly name?: string;
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: () => void;
  /** At the end of the line, part of the name. */
  readonly children?: ReactNode;
};

/** One choice of a list on a line of its own, all of which can be clicked. */
export function CheckRow({ type, name, label, isChecked, onChange, children }: CheckRowProps) {
  return (
    <label className="flex min-h-8 items-center gap-2.5 rounded-sm pr-1 pl-0.5 hover:bg-hover">
      <input
        type={type}
        name={name}
        checked={isChecked}
        onChange={onChange}
        className="size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0 truncate">{label}</span>
      {children}
    </label>
  );
}
