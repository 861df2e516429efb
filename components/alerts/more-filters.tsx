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
const FilterPanel = lazy(lateParts.add(() => import('./filter-panel.tsx')));

/** Where the bar holds its common filters itself. About the width at which its container is `@2xl`. */
const WIDE = '(min-width: 48rem)';

/** The filters that the bar has no place for: under its last button on a wide screen, in a sheet on a narrow one. */
export function MoreFilters(props: FilterProps) {
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const isWide = useMediaQuery(WIDE);
  const count = { wide: othersInForce(props.view, OTHER_FACETS), narrow: othersInForce(props.view, FACETS) };

  const renderButton = (attributes: ComponentProps<'button'>) => (
    <Button
      variant="chip"
      data-on={count.narrow > 0 && (count.wide > 0 || !isWide)}
      className="order-first @2xl:order-none"
      {...attributes}
    >
      <ListFilter className="@2xl:hidden" />
      <span className="@2xl:hidden">Filters{count.narrow > 0 && ` ${count.narrow}`}</span>
      <span className="hidden @2xl:inline">More{count.wide > 0 && ` ${count.wide}`}</span>
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
          <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-4 pt-4 pb-6">
            <h2 className="mb-3 text-base font-semibold">Filters</h2>
            <Suspense>
              <FilterPanel {...props} shown={FACETS} />
            </Suspense>
          </div>
        </LazySheet>
      </>
    );
  }
  if (isOpen === null) return waiting;
  return (
    <Suspense fallback={waiting}>
      <FilterPopover {...props} trigger={renderButton({})} isOpen={isOpen} onOpenChange={setIsOpen} />
    </Suspense>
  );
}
