const OFFSET = /^(?:UTC|GMT)?([+-])(\d{2})(?::?(\d{2}))?$/i;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Clocks change at quarters of an hour at the earliest: within one the offset is the same. */
const STEP_MS = 15 * MINUTE_MS;
const MOST_REMEMBERED = 20_000;

/** Whether something names a time zone: an IANA name such as `Europe/Berlin`, `UTC`, or an offset such as `+05:30`. */
export function isTimeZone(name: string): boolean {
  if (fixedOffset(name) !== null) return true;
  // Looks like an offset and is out of bounds: engines differ in whether they take it.
  return /^[a-z]/i.test(name) && formatterOf(name) !== null;
}

/**
 * Minutes by which the clocks of a zone are ahead of UTC at a moment (milliseconds since 1970): 120 for Berlin in summer.
 * 0 for what is no zone, see `isTimeZone`. Summer time comes from the zone database that Node carries.
 */
export function zoneOffsetMinutes(timeZone: string, moment: number): number {
  const fixed = fixedOffset(timeZone);
  if (fixed !== null) return fixed;
  const step = Math.floor(moment / STEP_MS);
  const key = `${timeZone} ${step}`;
  const before = remembered.get(key);
  if (before !== undefined) return before;
  const offset = readOffset(timeZone, step * STEP_MS);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, offset);
  return offset;
}

/** Days since 1970-01-01 by the clocks of a zone, of a moment in milliseconds. */
export const localDay = (timeZone: string, moment: number): number =>
  Math.floor((moment + zoneOffsetMinutes(timeZone, moment) * MINUTE_MS) / DAY_MS);

/** 1 Monday to 7 Sunday, of days since 1970-01-01, which was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Asking takes 5 µs, and a team asks for the same hours again and again. */
const remembered = new Map<string, number>();
const formatters = new Map<string, Intl.DateTimeFormat | null>();

function readOffset(timeZone: string, moment: number): number {
  const parts = formatterOf(timeZone)?.formatToParts(moment) ?? [];
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return fixedOffset(name) ?? 0;
}

/** Minutes of `+05:30`, `+0530`, `GMT-03:00`; null for anything else, and beyond 14 hours. */
function fixedOffset(name: string): number | null {
  const [, sign, hours = '', minutes = '0'] = OFFSET.exec(name) ?? [];
  if (sign === undefined || Number(minutes) > 59) return null;
  const total = Number(hours) * 60 + Number(minutes);
  if (total > 14 * 60) return null;
  return total === 0 || sign === '+' ? total : -total;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat | null {
  const before = formatters.get(timeZone);
  if (before !== undefined) return before;
  const made = makeFormatter(timeZone);
  if (formatters.size >= MOST_REMEMBERED) formatters.clear();
  formatters.set(timeZone, made);
  return made;
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
