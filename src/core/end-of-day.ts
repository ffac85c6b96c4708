import type { Instant } from './task/facts.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The last second of a day such as `2026-05-04`, UTC; null where there is no such day. */
export function endOfDay(date: string): Instant | null {
  const start = Date.parse(`${date}T00:00:00Z`);
  const isDay = DAY.test(date) && !Number.isNaN(start) && new Date(start).toISOString().startsWith(date);
  return isDay ? `${date}T23:59:59Z` : null;
}
