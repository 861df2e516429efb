import { useEffect, useId, useRef, useState } from 'react';
import { MAX_VIEW_NAME_CHARACTERS } from '../../contracts/limits.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';

type NameFormProps = {
  readonly label: string;
  readonly action: string;
  readonly initial?: string;
  readonly onCancel?: () => void;
  /** Resolves with why it was refused, or null. */
  readonly onSubmit: (name: string) => Promise<string | null>;
};

/** Asks for the name of a view, and says in its place why one was refused. */
export function NameForm({ label, action, initial = '', onCancel, onSubmit }: NameFormProps) {
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const field = useRef<HTMLInputElement>(null);

  // A form that somebody asked for takes the focus; one that merely stands there does not.
  const wasAskedFor = onCancel !== undefined;
  useEffect(() => {
    if (!wasAskedFor) return;
    field.current?.focus();
    field.current?.select();
  }, [wasAskedFor]);

  async function submit(): Promise<void> {
    const refused = await onSubmit(name.trim());
    setProblem(refused);
    if (refused === null) setName(initial);
  }

  return (
    <form
      className="py-0.5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(); // a refusal is shown below
      }}
    >
      <div className="flex gap-1.5">
        <Input
          required
          ref={field}
          aria-label={label}
          placeholder={label}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          maxLength={MAX_VIEW_NAME_CHARACTERS}
          value={name}
          onChange={(event) => setName(event.target.value)}
          className="h-8 min-w-0 flex-1"
        />
        {onCancel && (
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" disabled={name.trim() === ''}>
          {action}
        </Button>
      </div>
      {problem !== null && (
        <p id={problemId} role="alert" className="mt-1 text-quiet text-critical-ink">
          {problem}
        </p>
      )}
    </form>
  );
}
