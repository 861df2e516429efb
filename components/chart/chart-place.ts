import { cn } from '../ui/class-names.ts';
import type { PriceChartProps } from './price-chart.tsx';

/** A chart and what names its lines: below it, or beside it where there is room. Its place-holder has the same. */
export const chartClasses = (form: PriceChartProps['form']): string =>
  cn('flex gap-x-6 gap-y-3', form === 'page' && 'flex-col @3xl:flex-row');

export const LEGEND_CLASSES = 'grid grid-cols-2 gap-x-4 text-quiet @lg:grid-cols-3 @3xl:block @3xl:w-44 @3xl:shrink-0';
