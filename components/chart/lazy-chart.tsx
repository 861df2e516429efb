import { Suspense, lazy, useEffect } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import type { PriceChartProps } from './price-chart.tsx';
import { cn } from '../ui/class-names.ts';
import { Skeleton } from '../ui/skeleton.tsx';

const loadChart = lateParts.add(() => import('./price-chart.tsx'));
const PriceChart = lazy(loadChart);

/** The place of a chart before its prices or its code are there: as high as the chart, so that nothing moves. */
export function ChartSkeleton({ form }: Pick<PriceChartProps, 'form'>) {
  // While the prices are fetched, and not after them.
  useEffect(() => void loadChart(), []); // a failed load is tried again by the chart
  return (
    <output aria-label="Loading the price history" className="block">
      <Skeleton className={cn('w-full', form === 'page' ? 'h-80' : 'h-44')} />
      <span className="mt-1 block h-7" />
    </output>
  );
}

/** A chart whose code, with the library that draws it, is fetched when the first one is shown. */
export function LazyChart(props: PriceChartProps) {
  return (
    <Suspense fallback={<ChartSkeleton form={props.form} />}>
      <PriceChart {...props} />
    </Suspense>
  );
}
