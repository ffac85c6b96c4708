import { expect, test } from 'vitest';
import { parseWorkingHours } from '../../../src/core/reviewers/parse-working-hours.ts';

test.each([
  ['Mon-Fri 09-17 Europe/Berlin', { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: 9, to: 17 }],
  [
    '  sun-thu  8:30-17:15  Asia/Jerusalem ',
    { timeZone: 'Asia/Jerusalem', days: [1, 2, 3, 4, 7], from: 8.5, to: 17.25 },
  ],
  ['Tue,Thu-Fri 0-24 +05:30', { timeZone: '+05:30', days: [2, 4, 5], from: 0, to: 24 }],
  ['Sat 10-12 UTC', { timeZone: 'UTC', days: [6], from: 10, to: 12 }],
  ['Mon-Fri 09:30-17:15 Europe/Berlin', { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: 9.5, to: 17.25 }],
  ['Mon-Fri 22:00-06:00 UTC', { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: 22, to: 30 }],
  ['Sun 17:15-00 UTC', { timeZone: 'UTC', days: [7], from: 17.25, to: 24 }],
  ['Sun 10-09:45 UTC', { timeZone: 'UTC', days: [7], from: 10, to: 33.75 }],
])('%j is read', (text, hours) => {
  expect(parseWorkingHours(text)).toEqual({ hours });
});

test.each([
  ['', 'needs days, hours and a time zone, as in `Mon-Fri 09-17 Europe/Berlin`'],
  ['Mon-Fri 09-17', 'needs days, hours and a time zone, as in `Mon-Fri 09-17 Europe/Berlin`'],
  ['Mon-Someday 09-17 UTC', 'has `Mon-Someday` for its days; write Mon, Tue, Wed, Thu, Fri, Sat, Sun, as in `Mon-Fri`'],
  ['Mon-Fri 9to5 UTC', 'has `9to5` for its hours; write two times from 00:00 to 24:00, as in `09-17` or `22:00-06:30`'],
  [
    'Mon-Fri 09-24:30 UTC',
    'has `09-24:30` for its hours; write two times from 00:00 to 24:00, as in `09-17` or `22:00-06:30`',
  ],
  [
    'Mon-Fri 09:60-17 UTC',
    'has `09:60-17` for its hours; write two times from 00:00 to 24:00, as in `09-17` or `22:00-06:30`',
  ],
  [
    'Mon-Fri 09:5-17 UTC',
    'has `09:5-17` for its hours; write two times from 00:00 to 24:00, as in `09-17` or `22:00-06:30`',
  ],
  [
    'Mon-Fri 09-12-13 UTC',
    'has `09-12-13` for its hours; write two times from 00:00 to 24:00, as in `09-17` or `22:00-06:30`',
  ],
  [
    'Mon-Fri 24-06 UTC',
    'has `24-06` for its hours, which begin at the end of the day; write 00 for the beginning of the next',
  ],
  ['Mon-Fri 09-09:00 UTC', 'has `09-09:00` for its hours, which end as they begin; write `00-24` for the whole day'],
  [
    'Mon-Fri 09-17 Berlin',
    'has `Berlin` for its time zone; write a name such as Europe/Berlin, or an offset such as +05:30',
  ],
  [
    'Mon-Fri 09-17 +25:00',
    'has `+25:00` for its time zone; write a name such as Europe/Berlin, or an offset such as +05:30',
  ],
])('%j is told what is wrong', (text, problem) => {
  expect(parseWorkingHours(text)).toEqual({ problem });
});
