import { expect, test } from 'vitest';
import { audienceOf } from '../../../src/core/plan/audience.ts';
import { ref } from '../build-facts.ts';
import { createItem, linkItem, planItem } from './build-plan.ts';

const HARBOR = { owner: 'octo', repo: 'harbor' };

test('those who take part and those who watch hear of links and new issues, each issue and repository once', () => {
  expect(audienceOf([linkItem(2), linkItem(3), createItem('create-api')])).toEqual({
    named: ['ravi', 'noor'],
    issues: [ref(1), ref(2), ref(3)],
    watched: [HARBOR],
  });
});

test('labels tell nobody, and an edited text only whom it newly mentions', () => {
  const quiet = [
    planItem('label-4', { kind: 'add_label', on: ref(4), label: 'urgent' }),
    planItem('make', { kind: 'create_label', repository: HARBOR, name: 'urgent', color: 'ff0000', description: '' }),
    planItem('edit-4', { kind: 'update_issue_body', on: ref(4), expected: 'By @old', body: 'By @Old and @new' }),
  ];
  expect(audienceOf(quiet)).toEqual({ named: ['new'], issues: [], watched: [] });
});
