import { expect, test } from 'vitest';
import { assessPlan } from '../../../src/core/plan/assess-plan.ts';
import { refKey } from '../../../src/core/task/identity.ts';
import { ref } from '../build-facts.ts';
import { createItem, linkItem, planItem } from './build-plan.ts';

test('counts writes, new issues, seconds, and the distinct people who are known to hear of it', () => {
  const people = new Map([
    [refKey(ref(1)), ['lena', 'kim']],
    [refKey(ref(2)), ['Lena', 'tomas']],
    [refKey(ref(4)), ['quiet']],
  ]);
  const items = [
    linkItem(2),
    linkItem(3),
    createItem('create-api'),
    planItem('label-4', { kind: 'add_label', on: ref(4), label: 'urgent' }),
    planItem('edit-4', { kind: 'update_issue_body', on: ref(4), expected: 'By @old', body: 'By @old and @new' }),
  ];
  // lena, tomas, ravi (assigned), noor (mentioned), new (newly mentioned); kim applies it, labels tell nobody.
  expect(assessPlan(items, { people, actor: 'Kim' })).toEqual({
    writes: 5,
    kinds: [
      { kind: 'add_sub_issue', count: 2 },
      { kind: 'create_issue', count: 1 },
      { kind: 'add_label', count: 1 },
      { kind: 'update_issue_body', count: 1 },
    ],
    creations: 1,
    notifies: 5,
    seconds: 4,
  });
});
