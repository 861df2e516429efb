import { createContext, useContext } from 'react';
import type { DraftState, DraftStore } from './draft-store.ts';
import type { Fault } from './faults.ts';
import type { Scope } from './scope.ts';

export type SettingsForm = {
  readonly state: DraftState;
  readonly store: DraftStore;
  /** For which matches the form is shown. */
  readonly scope: Scope;
  readonly faults: readonly Fault[];
  /** After an attempt to save, faults also stand where the trader is still typing. */
  readonly showsAll: boolean;
  /** Bookmakers that the feeds name. */
  readonly books: readonly string[];
};

export const SettingsFormContext = createContext<SettingsForm | null>(null);

/** The form around a field. Throws outside of it. */
export function useSettingsForm(): SettingsForm {
  const form = useContext(SettingsFormContext);
  if (form === null) throw new Error('expected a field inside the settings form, got one outside');
  return form;
}
