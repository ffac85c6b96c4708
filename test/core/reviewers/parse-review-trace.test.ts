import { expect, test } from 'vitest';
import { UserError } from '../../../src/core/failure.ts';
import { parseReviewTrace } from '../../../src/core/reviewers/simulation/parse-review-trace.ts';

const ROW = {
  ...{ number: 1, author: 'kim', reviewers: ['ravi'], changedLines: 5, changedLinesByDirectory: { src: 5 } },
  ...{ openedAt: '2026-01-05T09:00:00Z', mergedAt: '2026-01-06T09:00:00Z' },
};
const line = (more: Readonly<Record<string, unknown>> = {}): string => JSON.stringify({ ...ROW, ...more });

const refusalOf = (text: string): string | null => {
  try {
    parseReviewTrace(text, 't.jsonl');
    return null;
  } catch (error) {
    return error instanceof UserError ? error.message : null;
  }
};

test('a trace has a change a line, with the time of the first review and who opened it where that is known', () => {
  const timed = { number: 2, firstReviewAt: '2026-01-05T15:00:00Z', openedBy: 'kim' };
  expect(parseReviewTrace(`\uFEFF${line()}\n\n${line(timed)}\n`, 't.jsonl')).toEqual([ROW, { ...ROW, ...timed }]);
});

test.each([
  ['no JSON', `${line()}\n{"number":`, 't.jsonl, line 2 is no JSON.'],
  ['no object', '7', 't.jsonl, line 1 is no change: it is a number where a mapping of keys to values belongs.'],
  [
    'merged before it was opened',
    `\n${line({ mergedAt: '2026-01-05T08:59:00Z' })}`,
    't.jsonl, line 2 is no change: mergedAt, 2026-01-05T08:59:00Z, is before openedAt, 2026-01-05T09:00:00Z.',
  ],
  [
    'a number that is there already',
    `${line()}\n${line({ number: 2 })}\n${line()}`,
    't.jsonl, line 3 is no change of its own: line 1 has number 1 too.',
  ],
])('a line that is %s is refused with its place', (_, text, words) => {
  expect(refusalOf(text)).toBe(words);
});
