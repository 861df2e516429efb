import { Plus, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { type EditorProps, namesOf, partsOf, withPart } from './editor-props.ts';
import { useSettingsForm } from './form-context.ts';
import { NameOptions } from './name-options.tsx';
import { NumberBox } from './number-box.tsx';

type BookAdderProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly taken: readonly string[];
  readonly onAdd: (name: string) => void;
};

/** Takes the name of a bookmaker: one that the feeds name, or any other. */
function BookAdder({ label, placeholder, taken, onAdd }: BookAdderProps) {
  const { books } = useSettingsForm();
  const [name, setName] = useState('');
  const id = useId();

  function add(): void {
    const bare = name.trim();
    if (bare !== '' && !taken.includes(bare)) onAdd(bare);
    setName('');
  }

  return (
    <span className="flex items-center gap-2">
      <Input
        aria-label={label}
        placeholder={placeholder}
        list={id}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // It would send the form.
          event.preventDefault();
          add();
        }}
        className="h-8 w-36"
      />
      <NameOptions id={id} names={books.filter((book) => !taken.includes(book))} />
      <Button size="quiet" onClick={add} disabled={name.trim() === ''} aria-label={`${label}: add`}>
        <Plus /> Add
      </Button>
    </span>
  );
}

type ChipProps = { readonly name: string; readonly from: string; readonly onRemove: () => void };

function Chip({ name, from, onRemove }: ChipProps) {
  return (
    <li className="inline-flex max-w-full items-center rounded-sm bg-chip pl-2">
      <span className="truncate">{name}</span>
      <Button variant="ghost" size="iconSmall" aria-label={`Remove ${name} from ${from}`} onClick={onRemove}>
        <X />
      </Button>
    </li>
  );
}

function Group({
  labelledBy,
  describedBy,
  children,
}: Pick<EditorProps, 'labelledBy' | 'describedBy'> & { readonly children: ReactNode }) {
  return (
    <div
      role="group"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-col items-start gap-2"
    >
      {children}
    </div>
  );
}

/** One bookmaker. */
export function BookEditor({ value, onChange, labelledBy, describedBy, faultOf }: EditorProps) {
  const { books } = useSettingsForm();
  const id = useId();
  return (
    <>
      <Input
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-invalid={faultOf('') !== undefined || undefined}
        list={id}
        autoComplete="off"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-52"
      />
      <NameOptions id={id} names={books} />
    </>
  );
}

/** A list of bookmakers. */
export function BooksEditor({ value, onChange, labelledBy, describedBy }: EditorProps) {
  const names = namesOf(value);
  return (
    <Group labelledBy={labelledBy} describedBy={describedBy}>
      {names.length > 0 && (
        <ul className="flex max-w-full flex-wrap gap-1.5">
          {names.map((name) => (
            <Chip
              key={name}
              name={name}
              from="the list"
              onRemove={() => onChange(names.filter((other) => other !== name))}
            />
          ))}
        </ul>
      )}
      <BookAdder
        label="Competitor"
        placeholder="Competitor"
        taken={names}
        onAdd={(name) => onChange([...names, name])}
      />
    </Group>
  );
}

/** Votes of single bookmakers. */
export function BookWeightsEditor({ value, onChange, labelledBy, describedBy, faultOf }: EditorProps) {
  const weights = partsOf(value);
  return (
    <Group labelledBy={labelledBy} describedBy={describedBy}>
      {Object.entries(weights).map(([book, weight]) => (
        <span key={book} className="flex items-center gap-2">
          <span aria-hidden className="w-36 truncate">
            {book}
          </span>
          <NumberBox
            value={weight}
            unit="votes"
            label={book}
            isFaulty={faultOf(book) !== undefined}
            onChange={(next) => onChange(withPart(value, book, next))}
          />
          <Button
            variant="ghost"
            size="iconSmall"
            aria-label={`Remove ${book} from the votes`}
            onClick={() => onChange(withPart(value, book, undefined))}
          >
            <X />
          </Button>
        </span>
      ))}
      <BookAdder
        label="Book with votes"
        placeholder="Bookmaker"
        taken={Object.keys(weights)}
        onAdd={(book) => onChange(withPart(value, book, 1))}
      />
    </Group>
  );
}

/** Groups of bookmakers. A group that loses its last book is gone. */
export function BookGroupsEditor({ value, onChange, labelledBy, describedBy, faultOf }: EditorProps) {
  const groups = Array.isArray(value) ? value.map(namesOf) : [];
  const taken = groups.flat();
  const change = (index: number, names: readonly string[]): void =>
    onChange(groups.map((group, each) => (each === index ? names : group)).filter((group) => group.length > 0));
  return (
    <Group labelledBy={labelledBy} describedBy={describedBy}>
      {groups.map((names, index) => (
        <div
          // oxlint-disable-next-line react/no-array-index-key -- a group is nothing but its place in the list
          key={index}
          role="group"
          aria-label={`Group ${index + 1}`}
          // A group cannot be called invalid; the focus still has to find it.
          tabIndex={faultOf(String(index)) === undefined ? undefined : -1}
          data-faulty={faultOf(String(index)) !== undefined || undefined}
          className="flex w-full flex-col gap-1.5 border-b pb-2"
        >
          <ul className="flex flex-wrap gap-1.5">
            {names.map((name) => (
              <Chip
                key={name}
                name={name}
                from={`group ${index + 1}`}
                onRemove={() =>
                  change(
                    index,
                    names.filter((other) => other !== name),
                  )
                }
              />
            ))}
          </ul>
          {faultOf(String(index)) !== undefined && (
            <span className="text-quiet text-critical-ink">{faultOf(String(index))}</span>
          )}
          <BookAdder
            label={`Book for group ${index + 1}`}
            placeholder="To this group"
            taken={taken}
            onAdd={(name) => change(index, [...names, name])}
          />
        </div>
      ))}
      <BookAdder
        label="Book for a new group"
        placeholder="New group"
        taken={taken}
        onAdd={(name) => onChange([...groups, [name]])}
      />
    </Group>
  );
}
