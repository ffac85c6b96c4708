import { expect, test } from 'vitest';
import { assessPlan } from '../../../src/core/plan/assess-plan.ts';
import { refKey } from '../../../src/core/task/identity.ts';
import { ref } from '../build-facts.ts';
import { createItem, linkItem, planItem } from './build-plan.ts';

const partaking = (...logins: readonly string[]) => ({ logins, isComplete: true });

test('counts writes, new issues, seconds, and the distinct people who hear of it', () => {
  const participants = new Map([
    [refKey(ref(1)), partaking('lena', 'kim')],
    [refKey(ref(2)), partaking('Lena', 'tomas')],
    [refKey(ref(3)), partaking()],
    [refKey(ref(4)), partaking('quiet')],
  ]);
  const items = [
    linkItem(2),
    linkItem(3),
    createItem('create-api'),
    planItem('label-4', { kind: 'add_label', on: ref(4), label: 'urgent' }),
    planItem('edit-4', { kind: 'update_issue_body', on: ref(4), expected: 'By @old', body: 'By @old and @new' }),
  ];
  // lena, tomas, ravi (assigned), noor (mentioned), new (newly mentioned); kim applies it, labels tell nobody.
  expect(assessPlan(items, { participants, actor: 'Kim' })).toEqual({
    writes: 5,
    kinds: [
      { kind: 'add_sub_issue', count: 2 },
      { kind: 'create_issue', count: 1 },
      { kind: 'add_label', count: 1 },
      { kind: 'update_issue_body', count: 1 },
    ],
    creations: 1,
    notifies: 5,
    isAtLeast: false,
    seconds: 4,
  });
});

test.each([
  ['could not be read', new Map()],
  ['has more people than were read', new Map([[refKey(ref(1)), { ...partaking('lena'), isComplete: false }]])],
])('counts at least so many where an issue %s', (_, participants) => {
  const closing = planItem('close-1', { kind: 'close_issue', on: ref(1), reason: 'completed' });
  expect(assessPlan([closing], { participants, actor: null }).isAtLeast).toBe(true);
});
