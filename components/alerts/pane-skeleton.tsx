import { Skeleton } from '../ui/skeleton.tsx';

const PLACES = [
  { name: 'rule', width: 'h-3.5 w-full' },
  { name: 'rule, second line', width: 'mb-4 h-3.5 w-3/5' },
  { name: 'own book', width: 'h-3.5 w-full' },
  { name: 'competitors', width: 'h-3.5 w-full' },
] as const;

/** The third pane before its first answer. */
export function PaneSkeleton() {
  return (
    <output aria-label="Loading the explanation" className="flex flex-col gap-2.5">
      {PLACES.map(({ name, width }) => (
        <Skeleton key={name} className={width} />
      ))}
    </output>
  );
}
