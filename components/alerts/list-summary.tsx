import { listedWords } from '../words/waiting-words.ts';

type ListSummaryProps = {
  readonly isStale: boolean;
  readonly events: number;
  readonly alerts: number;
  readonly total: number;
};

/** How much of the list is here, or that it is not as new as it should be. */
export function ListSummary({ isStale, ...counts }: ListSummaryProps) {
  if (isStale) {
    return (
      <output className="truncate text-ink">
        These alerts could not be refreshed. They are shown as last known and asked for again by themselves.
      </output>
    );
  }
  return <span className="truncate">{listedWords(counts)}</span>;
}
