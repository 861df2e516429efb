import type { RefObject } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { useZone } from '../time/use-zone.ts';
import { cn } from '../ui/class-names.ts';
import { SEVERITY_WORDS, TYPE_WORDS } from '../words/market-words.ts';
import { exactWords } from '../words/time-words.ts';
import type { Plot } from './plot.ts';
import { spreadApart } from './spread-marks.ts';

/** Half of a mark's button, by which it stands left of its moment. */
const HALF_PX = 11;
/** Marks nearer to each other would hide one another. */
const APART_PX = 14;

type ChartMarksProps = {
  readonly alerts: readonly Alert[];
  readonly selected: number | null;
  readonly onSelect: (alert: Alert) => void;
  readonly layer: RefObject<HTMLDivElement | null>;
};

/** Alerts over the prices, in severity's colour and shape. They are buttons, so that pointer and keyboard find them. */
export function ChartMarks({ alerts, selected, onSelect, layer }: ChartMarksProps) {
  const zone = useZone();
  return (
    <div ref={layer} className="pointer-events-none absolute top-0 h-6">
      {alerts.map((alert) => (
        <button
          key={alert.id}
          type="button"
          data-at={Date.parse(alert.detectedAt)}
          aria-pressed={alert.id === selected}
          aria-label={`${SEVERITY_WORDS[alert.severity]} alert, ${TYPE_WORDS[alert.type]} at ${alert.bookmaker}, ${exactWords(Date.parse(alert.detectedAt), zone)}`}
          onClick={() => onSelect(alert)}
          className={cn(
            'pointer-events-auto invisible absolute top-0 left-0 flex size-5.5 items-center justify-center rounded-sm hover:bg-hover',
            alert.id === selected && 'z-10 bg-selected outline-2 -outline-offset-1 outline-accent',
          )}
        >
          <SeverityMark severity={alert.severity} className="size-3" silent />
        </button>
      ))}
    </div>
  );
}

/** Puts the marks where their moments are; those out of sight can neither be seen nor reached. */
export function placeMarks(layer: HTMLElement, plot: Plot): void {
  const { offsetLeft, offsetWidth } = plot.area();
  layer.style.left = `${offsetLeft}px`;
  const inSight: { readonly mark: HTMLElement; readonly x: number }[] = [];
  for (const mark of layer.children) {
    if (!(mark instanceof HTMLElement)) continue;
    const x = plot.xOf(Number(mark.dataset['at']));
    const isInSight = x >= -1 && x <= offsetWidth + 1;
    if (isInSight) inSight.push({ mark, x });
    const visibility = isInSight ? 'visible' : 'hidden';
    if (mark.style.visibility !== visibility) mark.style.visibility = visibility;
  }
  const places = spreadApart(
    inSight.map(({ x }) => x),
    // More than have room beside each other overlap again rather than leave the chart.
    { gap: Math.min(APART_PX, offsetWidth / Math.max(inSight.length, 1)), from: 0, to: offsetWidth },
  );
  for (const [index, { mark }] of inSight.entries()) {
    mark.style.transform = `translateX(${Math.round(places[index] ?? 0) - HALF_PX}px)`;
  }
}
