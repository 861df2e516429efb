import { Skeleton } from '../ui/skeleton.tsx';

/** The list before its first answer: rows of the size they will have. */
export function ListSkeleton() {
  return (
    <output className="block" aria-label="Loading alerts">
      {[68, 54, 61, 47, 58].map((width) => (
        <div key={width} className="flex items-center gap-3.5 border-b px-4 py-3.5 @2xl:px-6">
          <Skeleton className="size-5" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-1/3" />
            <Skeleton className="h-3 w-1/5" />
          </div>
          <Skeleton className="hidden h-3.5 w-1/4 @2xl:block" />
          <Skeleton className="h-3.5 w-10" />
        </div>
      ))}
    </output>
  );
}
