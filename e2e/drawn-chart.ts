// What a chart has drawn on its canvas, which no role or name tells: its words with their boxes, and its pixels.
import type { Locator, Page } from 'playwright/test';

/** A word on the canvas, in CSS pixels from its corner. */
export type DrawnText = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

export type DrawnChart = {
  readonly texts: readonly DrawnText[];
  readonly width: number;
  readonly height: number;
  /** Where the prices are drawn. */
  readonly area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
};

/** Notes every word that a canvas is given, until it is cleared. To be called before the page is opened. */
export async function notesDrawing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function clearAndForget(...args) {
      Object.assign(this.canvas, { texts: [] });
      clearRect.apply(this, args);
    };
    CanvasRenderingContext2D.prototype.fillText = function fillAndNote(text, x, y, ...more) {
      const { a, d, e, f } = this.getTransform();
      const box = this.measureText(text);
      const [left, top] = [a * x + e, d * y + f];
      const noted: unknown[] = Reflect.get(this.canvas, 'texts') ?? [];
      noted.push({
        text,
        left: left - box.actualBoundingBoxLeft,
        right: left + box.actualBoundingBoxRight,
        top: top - box.actualBoundingBoxAscent,
        bottom: top + box.actualBoundingBoxDescent,
      });
      Object.assign(this.canvas, { texts: noted });
      fillText.apply(this, [text, x, y, ...more]);
    };
  });
}

/** What stands on the chart at this moment. */
export const drawnOn = (image: Locator): Promise<DrawnChart> =>
  image.evaluate((element) => {
    const canvas = element.querySelector('canvas');
    const over = element.querySelector('.u-over');
    if (canvas === null || !(over instanceof HTMLElement)) throw new Error('expected a drawn chart');
    const ratio = canvas.width / canvas.clientWidth;
    const noted: DrawnText[] = Reflect.get(canvas, 'texts') ?? [];
    return {
      texts: noted.map(({ text, left, right, top, bottom }) => ({
        text,
        left: left / ratio,
        right: right / ratio,
        top: top / ratio,
        bottom: bottom / ratio,
      })),
      width: canvas.clientWidth,
      height: canvas.clientHeight,
      area: {
        left: over.offsetLeft,
        right: over.offsetLeft + over.clientWidth,
        top: over.offsetTop,
        bottom: over.offsetTop + over.clientHeight,
      },
    };
  });

/** Its words beside the prices, from the top down, and under them, from the left. */
export function axesOf({ texts, area }: DrawnChart): {
  readonly values: readonly DrawnText[];
  readonly times: readonly DrawnText[];
} {
  return {
    values: texts.filter(({ right }) => right <= area.left).toSorted((a, b) => a.top - b.top),
    times: texts.filter(({ top }) => top >= area.bottom).toSorted((a, b) => a.left - b.left),
  };
}

/** Midnight is marked with its day. */
const CLOCK_TIME = /^\d\d:\d\d$/;
const DAY = /^\d{1,2} \w{3,4}$/;

/** Where an instant lies on the chart, told by the times under it. For a chart of a few hours, its times in UTC. */
export function placeOf(chart: DrawnChart, atMs: number, nowMs: number): number {
  const [first, ...others] = axesOf(chart).times.filter(({ text }) => CLOCK_TIME.test(text) || DAY.test(text));
  const last = others.at(-1);
  if (first === undefined || last === undefined) throw new Error('expected times under the chart');
  const middle = ({ left, right }: DrawnText): number => (left + right) / 2;
  const msOf = ({ text }: DrawnText): number => {
    const time = DAY.test(text) ? '00:00' : text;
    const today = Date.parse(`${new Date(nowMs).toISOString().slice(0, 10)}T${time}:00Z`);
    const days = Math.round((today - nowMs) / 86_400_000);
    return today - days * 86_400_000;
  };
  const perMs = (middle(last) - middle(first)) / (msOf(last) - msOf(first));
  return middle(first) + (atMs - msOf(first)) * perMs;
}

type Coloured = {
  /** Pixels of the canvas to one of the page. */
  readonly ratio: number;
  /** Of each column of the canvas, how many of its pixels have the colour; within the prices' height, and at all. */
  readonly columns: readonly { readonly inArea: number; readonly all: number }[];
  readonly areaHeight: number;
};

/** Where the canvas has the colour of a token. */
const coloured = (image: Locator, token: string): Promise<Coloured> =>
  image.evaluate((element, name) => {
    const canvas = element.querySelector('canvas');
    const over = element.querySelector('.u-over');
    const context = canvas?.getContext('2d');
    if (!canvas || !context || !(over instanceof HTMLElement)) throw new Error('expected a drawn chart');
    const { width, height } = canvas;
    const ratio = width / canvas.clientWidth;
    const colour = getComputedStyle(element).getPropertyValue(`--${name}`).trim();
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    const top = Math.round(over.offsetTop * ratio);
    const areaHeight = Math.round(over.clientHeight * ratio);
    const { data } = context.getImageData(0, 0, width, height);
    const columns = Array.from({ length: width }, () => ({ inArea: 0, all: 0 }));
    for (let pixel = 0; pixel * 4 < data.length; pixel += 1) {
      const isOf = wanted.every((value, channel) => Math.abs((data[pixel * 4 + channel] ?? 0) - value) < 24);
      const column = columns[pixel % width];
      if (!isOf || (data[pixel * 4 + 3] ?? 0) <= 230 || column === undefined) continue;
      const row = Math.floor(pixel / width);
      column.all += 1;
      if (row >= top && row < top + areaHeight) column.inArea += 1;
    }
    return { ratio, columns, areaHeight };
  }, token);

/** In each column of pixels around `x` the share of the prices' height that has the colour of a token; the most of them. */
export async function verticalShare(image: Locator, x: number, token: string): Promise<number> {
  const { ratio, columns, areaHeight } = await coloured(image, token);
  const around = columns.slice(Math.max(Math.round((x - 2) * ratio), 0), Math.round((x + 2) * ratio) + 1);
  return Math.max(0, ...around.map(({ inArea }) => inArea)) / areaHeight;
}

/** From where to where, in CSS pixels, the canvas has the colour of a token; null where it has none. */
export async function extentOf(image: Locator, token: string): Promise<{ left: number; right: number } | null> {
  const { ratio, columns } = await coloured(image, token);
  const left = columns.findIndex(({ all }) => all > 0);
  if (left === -1) return null;
  return { left: left / ratio, right: (columns.findLastIndex(({ all }) => all > 0) + 1) / ratio };
}
