import type { WorkingHours } from './review-facts.ts';
import { isTimeZone } from './zone-offset.ts';

const EXAMPLE = 'Mon-Fri 09-17 Europe/Berlin';
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const TIME = /^(\d{1,2})(?::(\d{2}))?$/;

export type ParsedHours =
  | { readonly hours: WorkingHours }
  /** Continues "`reviewers.people.kim.hours` …", and says what would be right. */
  | { readonly problem: string };

/**
 * Reads `Mon-Fri 09-17 Europe/Berlin`: days as a range or a list (`Mon,Wed-Fri`; a range may go over the weekend), hours of the
 * day with or without minutes (`09:30-18`), and a time zone by name or offset (`+05:30`). Hours over midnight, `22:00-06:00`,
 * belong to the day on which they begin: `Fri` ends on Saturday morning.
 */
export function parseWorkingHours(text: string): ParsedHours {
  const words = text.trim().split(/\s+/);
  const [dayWord = '', hourWord = '', zone = ''] = words;
  if (words.length !== 3) return { problem: `needs days, hours and a time zone, as in \`${EXAMPLE}\`` };
  const days = parseDays(dayWord);
  if (days === null)
    return { problem: `has \`${dayWord}\` for its days; write Mon, Tue, Wed, Thu, Fri, Sat, Sun, as in \`Mon-Fri\`` };
  const span = parseSpan(hourWord);
  if (typeof span === 'string') return { problem: `has \`${hourWord}\` for its hours${span}` };
  if (!isTimeZone(zone))
    return {
      problem: `has \`${zone}\` for its time zone; write a name such as Europe/Berlin, or an offset such as +05:30`,
    };
  return { hours: { timeZone: zone, days, ...span } };
}

function parseDays(word: string): readonly number[] | null {
  const found = new Set<number>();
  for (const part of word.toLowerCase().split(',')) {
    const ends = part.split('-').map((name) => DAYS.indexOf(name) + 1);
    const [first = 0, last = first] = ends;
    if (ends.length > 2 || first === 0 || last === 0) return null;
    for (let day = first; ; day = (day % 7) + 1) {
      found.add(day);
      if (day === last) break;
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** What is wrong in words; an end that is not after the beginning is the next day's. */
function parseSpan(word: string): Pick<WorkingHours, 'from' | 'to'> | string {
  const ends = word.split('-').map(parseTime);
  const [from, to] = ends;
  if (ends.length !== 2 || from == null || to == null)
    return '; write two times from 00:00 to 24:00, as in `09-17` or `22:00-06:30`';
  if (from === 24) return ', which begin at the end of the day; write 00 for the beginning of the next';
  if (from === to) return ', which end as they begin; write `00-24` for the whole day';
  return to > from ? { from, to } : { from, to: to + 24 };
}

function parseTime(text: string): number | null {
  const [, hours, minutes = '0'] = TIME.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59) return null;
  const time = Number(hours) + Number(minutes) / 60;
  return time > 24 ? null : time;
}
