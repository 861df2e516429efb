import { type TimeRange, panned, spanOf, zoomed } from '../../hooks/time-range.ts';

/** A pointer that moved less than this was a click. */
const DRAG_THRESHOLD_PX = 3;
/** One notch of a wheel (about 100 px) zooms by a quarter. */
const WHEEL_ZOOM_PER_PX = 0.0024;
const MAX_WHEEL_PX = 240;

type Place = { readonly x: number; readonly y: number };

type GestureOptions = {
  readonly over: HTMLElement;
  readonly range: () => TimeRange;
  readonly bounds: () => TimeRange;
  /** Draws the range; called once a frame at most. */
  readonly show: (range: TimeRange) => void;
  /** The pointer's place over the prices, null when it has gone; once a frame at most. */
  readonly hover: (place: Place | null) => void;
  /** On a page that scrolls under a small chart the wheel belongs to the page, unless Ctrl or Cmd is held. */
  readonly wheel: 'always' | 'with_modifier';
};

/**
 * Pan by drag or sideways wheel, zoom by wheel and pinch. What pointers ask for between two frames is gathered and
 * drawn with the next: a mouse reports up to a thousand times a second. Returns its undo.
 */
export function listenToGestures({ over, range, bounds, show, hover, wheel }: GestureOptions): () => void {
  const pointers = new Map<number, Place>();
  let pending: TimeRange | null = null;
  let hovered: Place | null | undefined;
  let frame: number | undefined;
  let isDragging = false;
  let startX = 0;

  const current = (): TimeRange => pending ?? range();
  const place = (event: MouseEvent): Place => {
    const box = over.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const timeAt = (x: number): number => current().fromMs + (x / over.clientWidth) * spanOf(current());

  function draw(): void {
    frame = undefined;
    if (pending !== null) show(pending);
    pending = null;
    if (hovered !== undefined) hover(hovered);
    hovered = undefined;
  }
  function soon(): void {
    frame ??= requestAnimationFrame(draw);
  }
  function ask(next: TimeRange): void {
    pending = next;
    soon();
  }
  function point(at: Place | null): void {
    hovered = at;
    soon();
  }

  function onDown(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    pointers.set(event.pointerId, place(event));
    startX = place(event).x;
    isDragging = false;
  }

  /** Two fingers: what lay under each stays under it. */
  function pinch(id: number, to: Place): void {
    const other = [...pointers].find(([pointer]) => pointer !== id)?.[1];
    const from = pointers.get(id);
    if (other === undefined || from === undefined) return;
    const factor = Math.max(Math.abs(from.x - other.x), 8) / Math.max(Math.abs(to.x - other.x), 8);
    ask(zoomed(current(), timeAt(other.x), factor, bounds()));
  }

  function onMove(event: PointerEvent): void {
    const to = place(event);
    const from = pointers.get(event.pointerId);
    if (from === undefined) {
      if (event.pointerType === 'mouse') point(to);
      return;
    }
    if (pointers.size > 1) pinch(event.pointerId, to);
    else {
      if (!isDragging && Math.abs(to.x - startX) < DRAG_THRESHOLD_PX) return;
      if (!isDragging) over.setPointerCapture(event.pointerId);
      isDragging = true;
      over.style.cursor = 'grabbing';
      const byMs = ((from.x - to.x) / over.clientWidth) * spanOf(current());
      ask(panned(current(), byMs, bounds()));
      point(null);
    }
    pointers.set(event.pointerId, to);
  }

  function onUp(event: PointerEvent): void {
    const wasTap = pointers.delete(event.pointerId) && !isDragging && event.type === 'pointerup';
    over.style.cursor = '';
    // A finger cannot hover: a tap reads the prices there.
    if (wasTap && event.pointerType !== 'mouse') point(place(event));
    if (pointers.size === 0) isDragging = false;
  }

  function onWheel(event: WheelEvent): void {
    const isPinch = event.ctrlKey || event.metaKey;
    if (wheel === 'with_modifier' && !isPinch) return;
    event.preventDefault();
    const { deltaX, deltaY } = event;
    const isSideways = !isPinch && (event.shiftKey || Math.abs(deltaX) > Math.abs(deltaY));
    if (isSideways) {
      const byPx = Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : deltaY;
      ask(panned(current(), (byPx / over.clientWidth) * spanOf(current()), bounds()));
      return;
    }
    const byPx = Math.min(Math.max(deltaY * (isPinch ? 4 : 1), -MAX_WHEEL_PX), MAX_WHEEL_PX);
    ask(zoomed(current(), timeAt(place(event).x), Math.exp(byPx * WHEEL_ZOOM_PER_PX), bounds()));
  }

  // At once: what the pointer is on next must not be let go of with the frame after.
  const onLeave = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') return;
    hovered = undefined;
    hover(null);
  };

  // Up and down the page scrolls under a finger, sideways the chart pans.
  over.style.touchAction = 'pan-y';
  over.addEventListener('pointerdown', onDown);
  over.addEventListener('pointermove', onMove);
  over.addEventListener('pointerup', onUp);
  over.addEventListener('pointercancel', onUp);
  over.addEventListener('pointerleave', onLeave);
  over.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    over.removeEventListener('pointerdown', onDown);
    over.removeEventListener('pointermove', onMove);
    over.removeEventListener('pointerup', onUp);
    over.removeEventListener('pointercancel', onUp);
    over.removeEventListener('pointerleave', onLeave);
    over.removeEventListener('wheel', onWheel);
  };
}

const PAN_SHARE = 0.2;
const ZOOM_FACTOR = 0.6;

/** What a key does to a range: arrows pan, plus and minus zoom, Home and End go to either end; null for any other key. */
export function rangeForKey(key: string, range: TimeRange, bounds: TimeRange): TimeRange | null {
  const span = spanOf(range);
  const middleMs = range.fromMs + span / 2;
  switch (key) {
    case 'ArrowLeft':
      return panned(range, -span * PAN_SHARE, bounds);
    case 'ArrowRight':
      return panned(range, span * PAN_SHARE, bounds);
    case '+':
    case '=':
    case 'ArrowUp':
      return zoomed(range, middleMs, ZOOM_FACTOR, bounds);
    case '-':
    case 'ArrowDown':
      return zoomed(range, middleMs, 1 / ZOOM_FACTOR, bounds);
    case 'Home':
      return panned(range, bounds.fromMs - range.fromMs, bounds);
    case 'End':
      return panned(range, bounds.toMs - range.toMs, bounds);
    default:
      return null;
  }
}
