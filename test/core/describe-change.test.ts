import { expect, test } from 'vitest';
import { describeChange } from '../../src/core/describe-change.ts';
import type { PlannedChange } from '../../src/core/plan/plan.ts';

const repository = { owner: 'octo', repo: 'harbor' };
const ref = (number: number) => ({ ...repository, number });
const [on, parent, child] = [ref(3), ref(1), ref(3)];

const WORDS: readonly (readonly [PlannedChange, string])[] = [
  [{ kind: 'create_comment', on, marker: '', body: '' }, 'comment on #3'],
  [{ kind: 'update_comment', on, commentId: 5, marker: '', body: '' }, 'edit the comment on #3'],
  [{ kind: 'delete_comment', on, commentId: 5 }, 'delete a comment on #3'],
  [{ kind: 'add_reaction', on, commentId: 5, content: 'eyes' }, 'react to a comment on #3'],
  [issue({ parent }), 'open "Build the pier" under #1'],
  [issue({ parent: null }), 'open "Build the pier" in octo/harbor'],
  [issue({ parent, title: 'Pier\u0007\n\u202edone' }), 'open "Pier done" under #1'],
  [{ kind: 'update_issue_body', on, expected: '', body: '' }, 'edit the text of #3'],
  [{ kind: 'close_issue', on, reason: 'completed' }, 'close #3 as completed'],
  [{ kind: 'close_issue', on, reason: 'not_planned' }, 'close #3 as not planned'],
  [{ kind: 'reopen_issue', on }, 'reopen #3'],
  [{ kind: 'add_assignee', on, login: 'noor' }, 'assign noor to #3'],
  [{ kind: 'remove_assignee', on, login: 'noor' }, 'take noor off #3'],
  [{ kind: 'request_review', on, login: 'noor' }, 'ask noor to review #3'],
  [{ kind: 'remove_review_request', on, login: 'noor' }, 'ask noor no longer to review #3'],
  [{ kind: 'add_sub_issue', parent, child, replaceParent: false }, 'make #3 a child of #1'],
  [{ kind: 'add_sub_issue', parent, child, replaceParent: true }, 'move #3 to #1'],
  [
    { kind: 'add_sub_issue', parent: { item: 'batch-2' }, child, replaceParent: false },
    'make #3 a child of the new issue batch-2',
  ],
  [{ kind: 'remove_sub_issue', parent, child }, 'take #3 out of #1'],
  [{ kind: 'place_sub_issue', parent, child, after: null }, 'put #3 first in #1'],
  [{ kind: 'place_sub_issue', parent, child, after: ref(2) }, 'put #3 after #2 in #1'],
  [{ kind: 'add_blocker', on, blocker: { owner: 'octo', repo: 'pier', number: 9 } }, 'let #3 wait for octo/pier#9'],
  [{ kind: 'remove_blocker', on, blocker: ref(2) }, 'let #3 wait no longer for #2'],
  [{ kind: 'add_label', on, label: 'lane:api' }, 'label #3 with "lane:api"'],
  [{ kind: 'remove_label', on, label: 'lane:api' }, 'take the label "lane:api" from #3'],
  [
    { kind: 'create_label', repository, name: 'lane:api', color: '00ff00', description: '' },
    'make the label "lane:api" in octo/harbor',
  ],
  [{ kind: 'put_file', repository, path: 'a.md', text: '', message: '' }, 'write a.md in octo/harbor'],
];

test.each(WORDS)('%o', (change, words) => {
  expect(describeChange(change, repository)).toBe(words);
});

test('names issues in full where nothing says which repository is meant', () => {
  expect(describeChange({ kind: 'reopen_issue', on })).toBe('reopen octo/harbor#3');
});

function issue({ parent, title = 'Build the pier' }: { parent: typeof on | null; title?: string }): PlannedChange {
  const none = { labels: [], assignees: [], milestone: null, issueType: null };
  return { kind: 'create_issue', repository, parent, key: 'api/1', title, body: '', ...none };
}
