import { describe, expect, test } from 'vitest';
import type { Subject } from '../../../src/operations/subject.ts';
import { HANDLED_EVENTS, subjectsOf } from '../../../src/surfaces/app/route-event.ts';
import { parseWebhookPayload } from '../../../src/surfaces/app/webhook-payload.ts';

const own = { appId: 7, login: 'parasol[bot]' };
const repository = { name: 'harbor', owner: { login: 'octo' }, default_branch: 'main' };
const sender = { login: 'kim', type: 'User' };
const place = { repository_url: 'https://api.github.com/repos/octo/harbor', updated_at: '2026-05-04T09:00:00Z' };
const issue = { number: 12, node_id: 'I_12', state: 'closed', ...place };
const parent = { number: 3, node_id: 'I_3', state: 'open', ...place };
const task = { owner: 'octo', repo: 'harbor', number: 12 };
const umbrella = { owner: 'octo', repo: 'harbor', number: 3 };
const pull = { kind: 'pull_request', ref: { owner: 'octo', repo: 'harbor', number: 40 } };

const route = (name: string, payload: Record<string, unknown>) =>
  subjectsOf(name, parseWebhookPayload({ repository, sender, ...payload }), own);

const expected: readonly [
  title: string,
  name: string,
  payload: Record<string, unknown>,
  subjects: readonly unknown[],
][] = [
  [
    'a closed issue, which is then expected to be closed',
    'issues',
    { action: 'closed', issue },
    [{ kind: 'issue', ref: task, nodeId: 'I_12', expect: { ref: task, state: 'closed', updatedAt: place.updated_at } }],
  ],
  [
    'a labelled issue, which is then expected to be no older',
    'issues',
    { action: 'labeled', issue },
    [{ kind: 'issue', ref: task, nodeId: 'I_12', expect: { ref: task, updatedAt: place.updated_at } }],
  ],
  [
    'an issue with another value in a field, which is then expected to be no older',
    'issues',
    { action: 'field_added', issue, issue_field: { id: 1, name: 'Evidence', field_type: 'text' } },
    [{ kind: 'issue', ref: task, nodeId: 'I_12', expect: { ref: task, updatedAt: place.updated_at } }],
  ],
  [
    'an issue without a value in a field',
    'issues',
    { action: 'field_removed', issue },
    [{ kind: 'issue', ref: task, nodeId: 'I_12', expect: { ref: task, updatedAt: place.updated_at } }],
  ],
  [
    'the old umbrella of a deleted issue',
    'issues',
    {
      action: 'deleted',
      issue: { ...issue, parent_issue_url: 'https://ghes.example/api/v3/repos/octo/harbor/issues/3' },
    },
    [{ kind: 'umbrella', ref: umbrella, nodeId: null }],
  ],
  [
    'a transferred issue under its new name, and its old umbrella',
    'issues',
    {
      action: 'transferred',
      issue: { ...issue, parent_issue_url: 'https://api.github.com/repos/octo/harbor/issues/3' },
      changes: {
        new_issue: { number: 1, node_id: 'I_new' },
        new_repository: { name: 'dock', owner: { login: 'octo' } },
      },
    },
    [
      { kind: 'umbrella', ref: umbrella, nodeId: null },
      { kind: 'issue', ref: { owner: 'octo', repo: 'dock', number: 1 }, nodeId: 'I_new' },
    ],
  ],
  [
    'both sides of a new link',
    'sub_issues',
    { action: 'sub_issue_added', sub_issue: issue, parent_issue: parent },
    [
      { kind: 'umbrella', ref: umbrella, nodeId: 'I_3' },
      {
        kind: 'issue',
        ref: task,
        nodeId: 'I_12',
        expect: { ref: task, childOf: umbrella, updatedAt: place.updated_at },
      },
    ],
  ],
  [
    'both sides of a link that is gone, each in its own repository',
    'sub_issues',
    {
      action: 'parent_issue_removed',
      sub_issue: issue,
      parent_issue: { ...parent, repository_url: 'https://api.github.com/repos/octo/plans' },
    },
    [
      { kind: 'umbrella', ref: { ...umbrella, repo: 'plans' }, nodeId: 'I_3' },
      {
        kind: 'issue',
        ref: task,
        nodeId: 'I_12',
        expect: { ref: task, noChildOf: { ...umbrella, repo: 'plans' }, updatedAt: place.updated_at },
      },
    ],
  ],
  [
    'the side of a dependency that the payload names',
    'issue_dependencies',
    { action: 'blocked_by_added', blocking_issue: issue },
    [{ kind: 'issue', ref: task, nodeId: 'I_12', expect: { ref: task, updatedAt: place.updated_at } }],
  ],
  ['a pull request', 'pull_request', { action: 'closed', pull_request: { number: 40 } }, [pull]],
  [
    'a pull request, and what its text said before',
    'pull_request',
    { action: 'edited', pull_request: { number: 40 }, changes: { body: { from: 'Closes #12' } } },
    [pull, { kind: 'former_text', ref: pull.ref, title: null, body: 'Closes #12' }],
  ],
  [
    'a pull request alone, when neither its title nor its body was edited',
    'pull_request',
    { action: 'edited', pull_request: { number: 40 }, changes: { base: { ref: { from: 'next' } } } },
    [pull],
  ],
  [
    'a pull request, and what a push to it may have dropped',
    'pull_request',
    { action: 'synchronize', pull_request: { number: 40 }, before: 'abc', after: 'def' },
    [pull, { kind: 'former_commits', ref: pull.ref, before: 'abc', after: 'def' }],
  ],
  ['a dismissed review', 'pull_request_review', { action: 'dismissed', pull_request: { number: 40 } }, [pull]],
  [
    'the pull requests that a check lists',
    'check_run',
    {
      action: 'completed',
      check_run: { head_sha: 'abc', pull_requests: [{ url: 'https://api.github.com/repos/octo/harbor/pulls/40' }] },
    },
    [pull],
  ],
  [
    'the head commit of a check on a fork',
    'check_suite',
    { action: 'completed', check_suite: { head_sha: 'abc', pull_requests: [] } },
    [{ kind: 'commit', repository: { owner: 'octo', repo: 'harbor' }, sha: 'abc' }],
  ],
  [
    'the commit of a status',
    'status',
    { sha: 'abc', state: 'success' },
    [{ kind: 'commit', repository: { owner: 'octo', repo: 'harbor' }, sha: 'abc' }],
  ],
  [
    'the repository whose configuration was pushed',
    'push',
    { ref: 'refs/heads/main', commits: [{ message: 'set up', added: ['.github/parasol.yml'] }] },
    [{ kind: 'repository', repository: { owner: 'octo', repo: 'harbor' } }],
  ],
  [
    'every repository when the owner-wide configuration was pushed',
    'push',
    {
      repository: { ...repository, name: '.github' },
      ref: 'refs/heads/main',
      commits: [{ message: 'set up', modified: ['.github/parasol.yml'] }],
    },
    [{ kind: 'installation' }],
  ],
  [
    'the commit that a push reverts',
    'push',
    { ref: 'refs/heads/main', commits: [{ message: 'Revert "x"\n\nThis reverts commit 0123456789abcdef.' }] },
    [{ kind: 'commit', repository: { owner: 'octo', repo: 'harbor' }, sha: '0123456789abcdef' }],
  ],
  [
    'nothing of a push to another branch',
    'push',
    { ref: 'refs/heads/topic', commits: [{ added: ['.github/parasol.yml'] }] },
    [],
  ],
  ['nothing of an ordinary push', 'push', { ref: 'refs/heads/main', commits: [{ message: 'x', added: ['a.ts'] }] }, []],
  [
    'the umbrella whose rollup comment somebody else edited',
    'issue_comment',
    { action: 'edited', issue: parent, comment: { id: 1, user: { login: 'parasol[bot]', type: 'Bot' } } },
    [{ kind: 'umbrella', ref: umbrella, nodeId: 'I_3' }],
  ],
  [
    'the umbrella whose rollup comment somebody else deleted, with what GitHub must not show any more',
    'issue_comment',
    { action: 'deleted', issue: parent, comment: { id: 1, user: { login: 'parasol[bot]', type: 'Bot' } } },
    [{ kind: 'umbrella', ref: umbrella, nodeId: 'I_3', expect: { commentId: 1, formerBody: null } }],
  ],
  [
    "nothing of somebody else's comment",
    'issue_comment',
    { action: 'edited', issue: parent, comment: { id: 1, user: { login: 'kim', type: 'User' } } },
    [],
  ],
  [
    'everything after a repository became private',
    'repository',
    { action: 'privatized' },
    [{ kind: 'installation', corrects: true }],
  ],
  ['everything after the App was installed', 'installation', { action: 'created' }, [{ kind: 'installation' }]],
  ['nothing of a pinned issue', 'issues', { action: 'pinned', issue }, []],
  ['nothing of events that it does not know', 'star', { action: 'created' }, []],
  ["nothing of the App's own events", 'issues', { action: 'closed', issue, sender: { login: 'parasol[bot]' } }, []],
  [
    'an issue that another bot closed',
    'issues',
    { action: 'labeled', issue, sender: { login: 'builder[bot]', type: 'Bot' } },
    [{ kind: 'issue', ref: task, nodeId: 'I_12', expect: { ref: task, updatedAt: place.updated_at } }],
  ],
];

describe('an event leads to', () => {
  test.each(expected)('%s', (_title, name, payload, subjects) => {
    expect(route(name, payload)).toEqual(subjects);
  });

  test('each subject once', () => {
    const urls = [40, 40].map((number) => ({ url: `https://api.github.com/repos/octo/harbor/pulls/${number}` }));
    expect(route('check_run', { action: 'completed', check_run: { head_sha: 'abc', pull_requests: urls } })).toEqual([
      pull,
    ]);
  });

  test('nothing, and no failure, when its payload has none of the expected parts', () => {
    const shapes: unknown[] = [null, 'text', 7, [], {}, { issue: null }, { issue: { number: '12' }, repository: 4 }];
    const actions = ['opened', 'closed', 'deleted', 'transferred', 'edited', 'sub_issue_added', 'completed', 'created'];
    const found: Subject[] = [];
    for (const name of HANDLED_EVENTS)
      for (const shape of shapes)
        for (const action of [undefined, ...actions]) {
          const payload = typeof shape === 'object' ? { ...shape, action } : shape;
          found.push(...subjectsOf(name, parseWebhookPayload(payload), own));
        }
    expect(found.filter(({ kind }) => kind !== 'installation')).toEqual([]);
  });
});
