const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The reader's own time of day at an instant of the monotonic clock. */
export const timeOfDay = (atMs: number): string => format.format(Date.now() - (performance.now() - atMs));
