import type { AlertListQuery } from '../../hooks/alert-view.ts';

/** An event's own alerts in every state: asked for by the server before the page, and by the page itself. */
export const EVENT_ALERTS_QUERY: AlertListQuery = { sort: 'detected' };
