import { type AlertList, alertChangesSchema, alertListSchema } from '../../contracts/alert-query.ts';
import { type Alert, alertSchema } from '../../contracts/alert.ts';
import { eventListSchema } from '../../contracts/event.ts';
import { type Settings, type SettingsAnswer, settingsAnswerSchema } from '../../contracts/settings.ts';

async function call(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, { ...init, headers: { 'Content-Type': 'application/json' } });
  if (!response.ok)
    throw new Error(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

export const listAlerts = async (url: string): Promise<AlertList> =>
  alertListSchema.parse(await call(`${url}/api/alerts?limit=200`));

/** Everything that ever changed, in the order of the changes. */
export async function allChanges(url: string): Promise<readonly Alert[]> {
  const changes = alertChangesSchema.parse(await call(`${url}/api/alerts/changes?since=0`));
  if (changes.reset) throw new Error('expected every change, got a reset');
  return changes.alerts;
}

export const setAcknowledged = async (url: string, id: number, acknowledged: boolean): Promise<Alert> =>
  alertSchema.parse(await call(`${url}/api/alerts/${id}`, { method: 'PATCH', body: JSON.stringify({ acknowledged }) }));

export const readSettings = async (url: string): Promise<SettingsAnswer> =>
  settingsAnswerSchema.parse(await call(`${url}/api/settings`));

export const saveSettings = async (url: string, settings: Settings): Promise<SettingsAnswer> =>
  settingsAnswerSchema.parse(await call(`${url}/api/settings`, { method: 'PUT', body: JSON.stringify(settings) }));

/** The id of the event whose home team has this name. */
export async function findEvent(url: string, home: string): Promise<number> {
  const { events } = eventListSchema.parse(await call(`${url}/api/events?q=${encodeURIComponent(home)}`));
  const found = events.find((event) => event.home === home);
  if (found === undefined) throw new Error(`expected an event of ${home}, got ${events.length} others`);
  return found.id;
}
