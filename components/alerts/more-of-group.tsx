import type { RefCallback } from 'react';
import type { OpenGroup } from '../../hooks/use-alert-list.ts';
import { Button } from '../ui/button.tsx';

type MoreOfGroupProps = {
  readonly rowKey: string;
  readonly index: number;
  readonly gapPx: number;
  readonly measure: RefCallback<HTMLElement>;
  readonly open: OpenGroup | null;
};

/** The way to the rest of an event's alerts. On demand: rows that came by themselves would push what is below. */
export function MoreOfGroup({ rowKey, index, gapPx, measure, open }: MoreOfGroupProps) {
  const more = open?.more ?? null;
  return (
    <li ref={measure} data-index={index} data-row={rowKey} style={{ marginTop: gapPx }} className="border-t py-1.5">
      <Button
        variant="link"
        size="quiet"
        data-row-button
        disabled={more === null || more.isLoading}
        onClick={() => more?.load()}
      >
        {more?.hasFailed === true ? 'Try again to load more' : 'Show more alerts of this event'}
      </Button>
    </li>
  );
}
