import { expect, test } from 'vitest';
import type { PlaceReason } from '../../../../src/core/risk/order/explain-places.ts';
import { choiceInWords, reasonInWords } from '../../../../src/core/risk/order/place-words.ts';

test('a choice is told in whole numbers where it is certain, else as about', () => {
  const certain = { name: '#12', first: { hits: 3, weight: 90 }, last: { hits: 1, weight: 7 } };
  expect(choiceInWords(certain)).toBe('#12 first makes 3 rebase, last makes 1');
  const estimated = { name: '#12', first: { hits: 1.25, weight: 1 }, last: { hits: 0.75, weight: 1 } };
  expect(choiceInWords(estimated)).toBe('#12 first makes about 1.3 rebase, last makes about 0.8');
});

test.each<[PlaceReason, string]>([
  [{ kind: 'not_ready', waitsFor: [] }, 'not ready'],
  [{ kind: 'not_ready', waitsFor: ['#1', '#2'] }, 'waits for #1, #2, not ready'],
  [{ kind: 'overdue', waitedDays: 60.9, mergedDays: null, maxWaitDays: 20 }, 'has waited 60 days (cap 20 days)'],
  [
    { kind: 'overdue', waitedDays: 1.5, mergedDays: 7, maxWaitDays: 7 },
    'has waited 1 day: further back it, or what needs it, would pass the cap of 7 days',
  ],
  [{ kind: 'overdue', waitedDays: 38, mergedDays: 40, maxWaitDays: 1 / 24 }, 'has waited 38 days (cap 1 hour)'],
  [{ kind: 'overdue', waitedDays: 38, mergedDays: 40, maxWaitDays: 1.5 }, 'has waited 38 days (cap 36 hours)'],
  [
    { kind: 'overdue', waitedDays: 4, mergedDays: 8, maxWaitDays: 5 },
    'has waited 4 days: more are due than can be merged within the cap of 5 days',
  ],
  [{ kind: 'priority', priority: 2 }, 'priority 2'],
  [{ kind: 'needed_by', names: ['#3'] }, '#3 with priority needs it'],
  [{ kind: 'depends_on', names: ['#3'] }, 'depends on #3'],
  [{ kind: 'free' }, 'conflicts with nothing that waits'],
  [{ kind: 'independent' }, 'merges before all that it conflicts with'],
  [{ kind: 'rest' }, 'merges after something that it conflicts with'],
])('%o is told as "%s"', (reason, words) => {
  expect(reasonInWords(reason)).toBe(words);
});
