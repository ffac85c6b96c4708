import { expect, test } from 'vitest';
import { numberOfItem } from '../../../src/core/plan/made-numbers.ts';
import { resolveChange } from '../../../src/core/plan/resolve-change.ts';
import { ref } from '../build-facts.ts';

const made = new Map([
  ['create-a', ref(12)],
  ['create-b', { owner: 'octo', repo: 'vault', number: 3 }],
]);

test('a planned text gets the numbers of the issues that were made, and nothing else changes in it', () => {
  const body = `- [ ] ${numberOfItem('create-a')}\n- [ ] ${numberOfItem('create-b')}\n#{create-c} #{} #12`;
  const change = { kind: 'update_issue_body', on: ref(1), expected: '#{create-a}', body } as const;
  expect(resolveChange(change, made)).toEqual({
    ...change,
    body: '- [ ] #12\n- [ ] octo/vault#3\n#{create-c} #{} #12',
  });
});
