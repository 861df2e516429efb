import { useEffect, useMemo, useRef } from 'react';

type Doing = (...given: readonly unknown[]) => unknown;

/**
 * The same object for as long as the same things can be done: nothing is drawn again because what is around it was.
 * What it calls is always the newest. For what is done later, by an event: not while drawing.
 */
export function useStableActions<Actions extends object>(actions: Actions): Actions {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const names = Object.entries(actions)
    .filter(([, action]) => action !== undefined)
    .map(([name]) => name)
    .join(' ');
  return useMemo(() => {
    const act = (name: string, given: readonly unknown[]): unknown =>
      (latest.current as Readonly<Record<string, Doing | undefined>>)[name]?.(...given);
    const all = names.split(' ').map((name): [string, Doing] => [name, (...given) => act(name, given)]);
    return Object.fromEntries(all) as Actions;
  }, [names]);
}
