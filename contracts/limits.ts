export const MAX_ALERTS_PER_PAGE = 200;
export const DEFAULT_ALERTS_PER_PAGE = 50;
export const MAX_EVENTS_PER_PAGE = 200;
/** Of one request that acknowledges. */
export const MAX_IDS_PER_REQUEST = 10_000;
export const MAX_MUTES_PER_PAGE = 200;
export const MAX_REASON_CHARACTERS = 500;
/** Alerts whose lines one answer draws: more rows than a screen has. */
export const MAX_SPARKLINES = 100;
/** Of a saved view. */
export const MAX_VIEW_NAME_CHARACTERS = 80;
