import { Suspense, lazy, useEffect } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import type { PriceChartProps } from './price-chart.tsx';
import { cn } from '../ui/class-names.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { LEGEND_CLASSES, chartClasses } from './chart-place.ts';

const loadChart = lateParts.add(() => import('./price-chart.tsx'));
const PriceChart = lazy(loadChart);

type ChartSkeletonProps = Pick<PriceChartProps, 'form'> & {
  /** How many lines the chart will have: on a page of its own each is named, where there is room for it or below. */
  readonly lines?: number;
};

/** The place of a chart before its prices or its code are there: as high as the chart, so that nothing moves. */
export function ChartSkeleton({ form, lines = 0 }: ChartSkeletonProps) {
  // While the prices are fetched, and not after them.
  useEffect(() => void loadChart(), []); // a failed load is tried again by the chart
  return (
    <output aria-label="Loading the price history" className={chartClasses(form)}>
      <span className="block min-w-0 flex-1">
        <Skeleton className={cn('block w-full', form === 'page' ? 'h-80' : 'h-44')} />
        <span className="mt-1 block h-7" />
      </span>
      {form === 'page' && (
        <span className={LEGEND_CLASSES}>
          {Array.from({ length: lines }, (_unused, line) => (
            <span key={line} className="block h-6" />
          ))}
        </span>
      )}
    </output>
  );
}

/** A chart whose code, with the library that draws it, is fetched when the first one is shown. */
export function LazyChart(props: PriceChartProps) {
  return (
    <Suspense
      fallback={<ChartSkeleton form={props.form} lines={props.history.books.length + Number(props.showsMedian)} />}
    >
      <PriceChart {...props} />
    </Suspense>
  );
}
