import { expect, test } from 'vitest';
import { riskQueue } from '../../src/operations/risk-queue.ts';
import { umbrellaBackfill } from '../../src/operations/umbrella-backfill.ts';
import { workRenew } from '../../src/operations/work-renew.ts';

test('a token, a day and a wait that are none are told with the form that is expected', () => {
  const problems = (checked: { readonly error?: { readonly issues: readonly { readonly message: string }[] } }) =>
    checked.error?.issues.map(({ message }) => message);
  expect(problems(workRenew.input.safeParse({ task: '#1', agent: 'a7', token: 'x' }))).toEqual([
    'is a whole number from 1 on, such as 3: the token that work claim answered with',
  ]);
  expect(problems(workRenew.input.safeParse({ task: '#1', agent: 'a7', token: '0' }))).toEqual([
    'is a whole number from 1 on, such as 3',
  ]);
  expect(problems(umbrellaBackfill.input.safeParse({ since: 'nonsense' }))).toEqual(['is a day such as 2026-01-31']);
  expect(problems(riskQueue.input.safeParse({ maxWait: '0d' }))).toEqual(['give days or hours, such as 7d or 12h']);
});
