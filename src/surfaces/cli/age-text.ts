const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `4d`, `7h`, `12m`, `now`: the largest whole unit. Empty when unknown. */
export function ageText(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < MINUTE) return 'now';
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)}h`;
  return `${Math.floor(seconds / DAY)}d`;
}

/** The age of what began at one moment, at another; empty where the first is unknown. */
export const ageSince = (at: string | null, now: string): string =>
  ageText(at === null ? null : Math.max(0, (Date.parse(now) - Date.parse(at)) / 1000));
