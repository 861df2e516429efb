/** Loaded before Linewatch (`--import`): lets the parent process step the wall clock, as a bad time server would. */
const RealDate = Date;
let stepMs = 0;
const now = (): number => RealDate.now() + stepMs;

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
