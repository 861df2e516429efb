/** Windows that a filter offers, in minutes: how soon kickoff is, and how long ago an alert was detected. */
export const KICKOFF_WINDOWS = [60, 120, 360, 1_440] as const;
export const DETECTED_WINDOWS = [15, 60, 360, 1_440] as const;

/** The longest window, thirty days. */
export const MAX_WINDOW_MINUTES = 43_200;
