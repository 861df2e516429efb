import { createContext, useContext } from 'react';
import type { DeskSession } from './desk-session.ts';

export const DeskSessionContext = createContext<DeskSession | null>(null);

/** The tab's session. Throws outside the providers: a page without them would look connected and never be. */
export function useDeskSession(): DeskSession {
  const session = useContext(DeskSessionContext);
  if (session === null) throw new Error('expected a component inside the desk providers, got one outside');
  return session;
}
