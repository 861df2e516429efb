import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from '../ui/class-names.ts';
import { Input } from '../ui/field.tsx';

/** Typing waits this long before it becomes a question to the server. */
const COMMIT_AFTER_MS = 250;

type SearchFieldProps = {
  readonly value: string;
  readonly onCommit: (value: string) => void;
  /** Its place in the bar and its width there. */
  readonly className: string;
};

/** Free text. What is being typed is local; what is searched for comes from the address. */
export function SearchField({ value, onCommit, className }: SearchFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);

  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(() => {
      onCommit(draft);
      setDraft(null);
    }, COMMIT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, onCommit]);

  return (
    <div className={cn('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-secondary" />
      <Input
        type="search"
        aria-label="Search teams, leagues and bookmakers"
        placeholder="Search"
        value={draft ?? value}
        onChange={(event) => setDraft(event.target.value)}
        className="h-8 w-full pl-8"
      />
    </div>
  );
}
