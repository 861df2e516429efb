// Loaded before Linewatch (`--import`): the wall clock stands still. It begins at FROZEN_FROM, and moves only when the
// parent process says how far it is from there. Timers and the monotonic clock run.
const RealDate = Date;
const fromMs = RealDate.parse(process.env['FROZEN_FROM'] ?? '');
if (Number.isNaN(fromMs))
  throw new Error(`FROZEN_FROM: expected an instant, got "${process.env['FROZEN_FROM'] ?? ''}"`);
let stepMs = 0;
const now = (): number => fromMs + stepMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
  get: (target, name, receiver): unknown => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

process.on('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null || !('stepMs' in message)) return;
  stepMs = Number(message.stepMs);
  process.send?.({ stepped: stepMs });
});
