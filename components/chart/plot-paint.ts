import type uPlot from 'uplot';
import type { PlotColours } from './plot-colours.ts';
import type { PlotMark, PlotModel } from './plot.ts';

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

function verticalAt(plot: uPlot, atMs: number, style: { readonly colour: string; readonly isDashed: boolean }): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const x = Math.round(plot.valToPos(atMs, 'x', true)) + 0.5;
  ctx.beginPath();
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = ratio;
  ctx.setLineDash(style.isDashed ? DASH.map((length) => length * ratio) : []);
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
}

function paintMark(plot: uPlot, mark: PlotMark, model: PlotModel, colours: PlotColours): void {
  const isSelected = mark.id === model.selectedMark;
  plot.ctx.globalAlpha = isSelected ? 1 : 0.7;
  verticalAt(plot, mark.atMs, {
    colour: isSelected ? colours[mark.severity] : colours.secondary,
    isDashed: !isSelected,
  });
}

/** The lines of kickoff and of the alerts in sight, over the prices. The marks themselves are buttons above it. */
export function paintMoments(plot: uPlot, model: PlotModel, colours: PlotColours): void {
  const { ctx, bbox } = plot;
  clipped(plot, () => {
    for (const mark of model.marks) {
      if (isInSight(plot, mark.atMs, mark.atMs)) paintMark(plot, mark, model, colours);
    }
    ctx.globalAlpha = 1;
    if (!isInSight(plot, model.kickoffMs, model.kickoffMs)) return;
    verticalAt(plot, model.kickoffMs, { colour: colours.ink, isDashed: false });
    const x = plot.valToPos(model.kickoffMs, 'x', true);
    const isAtRight = x > bbox.left + bbox.width / 2;
    ctx.font = colours.font.replace('12px', `${12 * devicePixelRatio}px`);
    ctx.fillStyle = colours.ink;
    ctx.textAlign = isAtRight ? 'right' : 'left';
    ctx.textBaseline = 'bottom';
    ctx.fillText('Kickoff', x + (isAtRight ? -6 : 6) * devicePixelRatio, bbox.top + bbox.height - 6 * devicePixelRatio);
  });
}
