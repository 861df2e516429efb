import type uPlot from 'uplot';
import type { PlotColours } from './plot-colours.ts';
import type { PlotModel } from './plot.ts';

const DASH = [2, 3];

/** Runs `paint` within the plotting area, and leaves the context as it was. */
function clipped({ ctx, bbox }: uPlot, paint: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  paint();
  ctx.restore();
}

const isInSight = (plot: uPlot, fromMs: number, toMs: number): boolean =>
  toMs >= (plot.scales['x']?.min ?? 0) && fromMs <= (plot.scales['x']?.max ?? 0);

/**
 * Shades where books could not be bet on, behind everything: each a little, so that a market which many have shut is
 * darker; the own book, or the one that is pointed at, by itself much more.
 */
export function paintShut(plot: uPlot, { shut, highlighted }: PlotModel, colours: PlotColours): void {
  const { ctx, bbox } = plot;
  const loud = highlighted ?? shut.find(({ kind }) => kind === 'own')?.name;
  clipped(plot, () => {
    ctx.fillStyle = colours.secondary;
    for (const { name, fromMs, toMs } of shut) {
      if (!isInSight(plot, fromMs, toMs)) continue;
      const left = plot.valToPos(fromMs, 'x', true);
      ctx.globalAlpha = name === loud ? 0.16 : 0.04;
      ctx.fillRect(left, bbox.top, Math.max(plot.valToPos(toMs, 'x', true) - left, 1), bbox.height);
    }
  });
}

function verticalAt(plot: uPlot, atMs: number, colour: string): void {
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(atMs, 'x', true)) + 0.5;
  ctx.beginPath();
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([]);
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
}

/** More moments than this are plain lines: a canvas strokes a dashed one dash by dash. */
const MAX_DASHED = 40;

/** All moments as one path, those of one pixel once; the chosen one in its own colour over them. */
function paintMarks(plot: uPlot, { marks, selectedMark }: PlotModel, colours: PlotColours): void {
  const { ctx, bbox } = plot;
  const seen = marks.filter(({ atMs }) => isInSight(plot, atMs, atMs));
  const places = new Set(seen.map(({ atMs }) => Math.round(plot.valToPos(atMs, 'x', true)) + 0.5));
  const isDashed = places.size <= MAX_DASHED;
  ctx.globalAlpha = isDashed ? 0.7 : 0.25;
  ctx.strokeStyle = colours.secondary;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(isDashed ? DASH.map((length) => length * devicePixelRatio) : []);
  ctx.beginPath();
  for (const x of places) {
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
  const chosen = seen.find(({ id }) => id === selectedMark);
  if (chosen !== undefined) verticalAt(plot, chosen.atMs, colours[chosen.severity]);
}

/** The lines of kickoff and of the alerts in sight, over the prices. The marks themselves are buttons above it. */
export function paintMoments(plot: uPlot, model: PlotModel, colours: PlotColours): void {
  const { ctx, bbox } = plot;
  clipped(plot, () => {
    paintMarks(plot, model, colours);
    if (!isInSight(plot, model.kickoffMs, model.kickoffMs)) return;
    verticalAt(plot, model.kickoffMs, colours.ink);
    const x = plot.valToPos(model.kickoffMs, 'x', true);
    const isAtRight = x > bbox.left + bbox.width / 2;
    ctx.font = colours.font.replace('12px', `${12 * devicePixelRatio}px`);
    ctx.fillStyle = colours.ink;
    ctx.textAlign = isAtRight ? 'right' : 'left';
    ctx.textBaseline = 'bottom';
    ctx.fillText('Kickoff', x + (isAtRight ? -6 : 6) * devicePixelRatio, bbox.top + bbox.height - 6 * devicePixelRatio);
  });
}
