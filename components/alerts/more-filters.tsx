import { ListFilter } from 'lucide-react';
import { type ComponentProps, Suspense, lazy, useState } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import { useMediaQuery } from '../../hooks/use-media-query.ts';
import { Button } from '../ui/button.tsx';
import { LazySheet } from '../ui/lazy-sheet.tsx';
import { FACETS, OTHER_FACETS, othersInForce } from './facets.ts';
import type { FilterProps } from './filter-bar.tsx';

const loadPopover = lateParts.add(() => import('./filter-popover.tsx'));
const FilterPopover = lazy(loadPopover);
const FilterSheet = lazy(lateParts.add(() => import('./filter-sheet.tsx')));

/** Where filters open under their button: the `md` of the classes, about where the bar's container is `@2xl`. */
const WIDE = '(min-width: 48rem)';
/**
 * Where the bar holds its common filters itself: its container has 52rem, beside the sidebar from 64rem on and the pane
 * from 80rem on. Not by measuring, which would draw the bar twice.
 */
const ROOMY =
  '(min-width: 88.75rem), (min-width: 65.75rem) and (max-width: 79.99rem), (min-width: 52rem) and (max-width: 63.99rem)';

/** The filters that the bar has no place for: under its last button on a wide screen, in a sheet on a narrow one. */
export function MoreFilters(props: FilterProps) {
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const isWide = useMediaQuery(WIDE);
  const isRoomy = useMediaQuery(ROOMY);
  const count = { roomy: othersInForce(props.view, OTHER_FACETS), all: othersInForce(props.view, FACETS) };

  const renderButton = (attributes: ComponentProps<'button'>) => (
    <Button
      variant="chip"
      data-on={(isRoomy ? count.roomy : count.all) > 0}
      className="order-first @2xl:order-none"
      {...attributes}
    >
      <ListFilter className="@min-[52rem]:hidden" />
      <span className="@min-[52rem]:hidden">
        Filters{/* Under a button that keeps its width a popover stays where it is. */}
        <span className="@2xl:inline-block @2xl:min-w-[2ch]">{count.all > 0 && ` ${count.all}`}</span>
      </span>
      <span className="hidden @min-[52rem]:inline">
        More{count.roomy > 0 && <span className="sr-only"> {count.roomy} chosen</span>}
      </span>
    </Button>
  );
  const waiting = renderButton({
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
    onPointerEnter: () => void loadPopover().catch(() => {}), // a failed load is tried again by the click
    onFocus: () => void loadPopover().catch(() => {}), // likewise
    onClick: () => setIsOpen(true),
  });

  if (!isWide) {
    return (
      <>
        {waiting}
        <LazySheet open={isOpen === true} onOpenChange={setIsOpen} side="bottom" title="Filters" className="h-[92dvh]">
          <Suspense>
            <FilterSheet {...props} />
          </Suspense>
        </LazySheet>
      </>
    );
  }
  if (isOpen === null) return waiting;
  return (
    <Suspense fallback={waiting}>
      <FilterPopover
        {...props}
        trigger={renderButton({})}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        {...(isRoomy ? { label: 'More filters', shown: OTHER_FACETS } : { label: 'Filters', shown: FACETS })}
      />
    </Suspense>
  );
}
