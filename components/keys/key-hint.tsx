import { type Command, bindingOf, keyCaps } from '../../hooks/keymap.ts';
import { cn } from '../ui/class-names.ts';

type KeyHintProps = { readonly command: Command; readonly className?: string };

/** The key of a command, as a cap. Not read aloud: the control says it with `aria-keyshortcuts`. Not where no keys are. */
export function KeyHint({ command, className }: KeyHintProps) {
  return (
    <span aria-hidden className={cn('inline-flex gap-0.5 pointer-coarse:hidden', className)}>
      {keyCaps(bindingOf(command)).map((cap) => (
        <kbd
          key={cap}
          className="min-w-4.5 rounded-sm border border-current/25 px-1 text-center font-sans text-[0.6875rem] leading-4 font-medium"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
