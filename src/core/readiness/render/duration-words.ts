const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `5 minutes`, `7 hours`, `12 days`: minutes below two hours, hours below two days, and at least `1 minute`. */
export function durationWords(seconds: number): string {
  if (seconds < 2 * HOUR) return inUnits(Math.max(1, Math.floor(seconds / MINUTE)), 'minute');
  if (seconds < 2 * DAY) return inUnits(Math.floor(seconds / HOUR), 'hour');
  return inUnits(Math.floor(seconds / DAY), 'day');
}

const inUnits = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
