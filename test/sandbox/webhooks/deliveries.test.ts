import { expect, test } from 'vitest';
import { assign, unassign } from '../../../src/sandbox/actions/assign.ts';
import { addBlockedBy, removeBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { setVisibility } from '../../../src/sandbox/actions/change-repository.ts';
import { closeIssue, reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { connectIssue } from '../../../src/sandbox/actions/closing-references.ts';
import { createComment, deleteComment, editComment } from '../../../src/sandbox/actions/comment.ts';
import { destroyMergeGroup } from '../../../src/sandbox/actions/destroy-merge-group.ts';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import {
  closePullRequest,
  convertToDraft,
  editPullRequest,
  markReady,
  reopenPullRequest,
} from '../../../src/sandbox/actions/edit-pull-request.ts';
import {
  changeInstallationRepositories,
  installApp,
  setInstallationPermissions,
  uninstallApp,
} from '../../../src/sandbox/actions/installations.ts';
import { label, unlabel } from '../../../src/sandbox/actions/label.ts';
import { linkBranch } from '../../../src/sandbox/actions/link-branch.ts';
import { addSubIssue, removeSubIssue, reprioritizeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits, putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { addReaction } from '../../../src/sandbox/actions/react.ts';
import { deleteIssue, transferIssue } from '../../../src/sandbox/actions/remove-issue.ts';
import { reportCheckRun, reportStatus } from '../../../src/sandbox/actions/report-checks.ts';
import { requestMergeGroup } from '../../../src/sandbox/actions/request-merge-group.ts';
import { removeReviewRequest, requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { setIssueField } from '../../../src/sandbox/actions/set-issue-field.ts';
import { dismissReview, submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addIssueField } from '../../../src/sandbox/issue-fields.ts';
import { makeSampleWorld, type SampleWorld } from '../sample-world.ts';
import { nameOf, problemsOf, recordDeliveries } from './record-deliveries.ts';

/** What happens, and all that GitHub sends for it. */
const table: readonly (readonly [string, (sample: SampleWorld) => unknown, readonly string[]])[] = [
  [
    'an issue is opened with label, assignee and milestone',
    ({ world }) =>
      openIssue(world, 'kim', {
        repository: 'octo/home',
        title: 'New',
        body: 'See #1',
        labels: ['bug'],
        assignees: ['ravi'],
        milestone: 1,
        issueType: 'Task',
      }),
    ['issues.opened octo/home#4', 'issues.labeled octo/home#4', 'issues.assigned octo/home#4'],
  ],
  [
    'a merge queue asks for checks',
    ({ world, at }) => requestMergeGroup(world, 'kim', { item: at(3) }),
    ['push octo/home', 'merge_group.checks_requested octo/home'],
  ],
  [
    'a pull request is taken out of a merge queue',
    ({ world, at }) => {
      const group = requestMergeGroup(world, 'kim', { item: at(3) });
      destroyMergeGroup(world, 'kim', { repository: 'octo/home', group, reason: 'dequeued' });
    },
    ['push octo/home', 'merge_group.checks_requested octo/home', 'push octo/home', 'merge_group.destroyed octo/home'],
  ],
  [
    'an issue is edited',
    ({ world, at }) =>
      editIssue(world, 'kim', { item: at(1), title: 'Other', body: null, milestone: 1, issueType: 'Bug' }),
    ['issues.edited octo/home#1', 'issues.milestoned octo/home#1', 'issues.typed octo/home#1'],
  ],
  [
    'issue fields are set, changed, left as they are and taken off',
    ({ world, at }) => {
      addIssueField(world, { owner: 'octo', name: 'Evidence' });
      addIssueField(world, { owner: 'octo', name: 'Size', type: 'single_select', options: ['small', 'large'] });
      const set = (field: string, value: string | null) => setIssueField(world, 'kim', { item: at(1), field, value });
      set('Evidence', 'https://ci.example/1');
      set('Evidence', 'https://ci.example/2');
      set('Evidence', 'https://ci.example/2');
      set('Size', 'small');
      set('Size', 'large');
      set('Size', null);
    },
    [...Array.from({ length: 4 }, () => 'issues.field_added octo/home#1'), 'issues.field_removed octo/home#1'],
  ],
  [
    'milestone and type are taken off',
    ({ world, at }) => {
      editIssue(world, 'kim', { item: at(1), milestone: 1, issueType: 'Bug' });
      editIssue(world, 'kim', { item: at(1), milestone: null, issueType: null });
    },
    [
      'issues.milestoned octo/home#1',
      'issues.typed octo/home#1',
      'issues.demilestoned octo/home#1',
      'issues.untyped octo/home#1',
    ],
  ],
  [
    'a child closes and reopens: only its own repository hears, and nothing about links',
    ({ world, at }) => {
      addSubIssue(world, 'kim', { parent: at(1), child: at(1, 'octo/vault') });
      closeIssue(world, 'kim', { item: at(1, 'octo/vault') });
      closeIssue(world, 'kim', { item: at(1, 'octo/vault') });
      reopenIssue(world, 'kim', { item: at(1, 'octo/vault') });
      reopenIssue(world, 'kim', { item: at(1, 'octo/vault') });
    },
    [
      'sub_issues.parent_issue_added octo/vault',
      'sub_issues.sub_issue_added octo/home',
      'issues.closed octo/vault#1',
      'issues.reopened octo/vault#1',
    ],
  ],
  [
    'labels and assignees come and go',
    ({ world, at }) => {
      label(world, 'kim', { item: at(1), labels: ['bug', 'Bug'] });
      unlabel(world, 'kim', { item: at(1), label: 'BUG' });
      assign(world, 'kim', { item: at(3), assignees: ['ravi', 'nobody'] });
      unassign(world, 'kim', { item: at(3), assignees: ['ravi'] });
    },
    [
      'issues.labeled octo/home#1',
      'issues.unlabeled octo/home#1',
      'pull_request.assigned octo/home#3',
      'pull_request.unassigned octo/home#3',
    ],
  ],
  [
    'a sub-issue is linked, moved and unlinked',
    ({ world, at }) => {
      addSubIssue(world, 'kim', { parent: at(1), child: at(2) });
      addSubIssue(world, 'kim', { parent: at(1), child: at(1, 'octo/vault') });
      reprioritizeSubIssue(world, 'kim', { parent: at(1), child: at(2), after: at(1, 'octo/vault') });
      removeSubIssue(world, 'kim', { parent: at(1), child: at(2) });
    },
    [
      'sub_issues.parent_issue_added octo/home',
      'sub_issues.sub_issue_added octo/home',
      'sub_issues.parent_issue_added octo/vault',
      'sub_issues.sub_issue_added octo/home',
      'sub_issues.parent_issue_removed octo/home',
      'sub_issues.sub_issue_removed octo/home',
    ],
  ],
  [
    'an issue is blocked and freed',
    ({ world, at }) => {
      addBlockedBy(world, 'kim', { blocked: at(1), blocker: at(1, 'octo/vault') });
      removeBlockedBy(world, 'kim', { blocked: at(1), blocker: at(1, 'octo/vault') });
    },
    [
      'issue_dependencies.blocked_by_added octo/home',
      'issue_dependencies.blocking_added octo/vault',
      'issue_dependencies.blocked_by_removed octo/home',
      'issue_dependencies.blocking_removed octo/vault',
    ],
  ],
  [
    'a comment is written, reacted to, edited and deleted',
    ({ world, at }) => {
      const { id } = createComment(world, 'ravi', { item: at(1), body: 'Hello #2' });
      addReaction(world, 'kim', { comment: id, content: 'rocket' });
      editComment(world, 'ravi', { comment: id, body: 'Hello' });
      editComment(world, 'ravi', { comment: id, body: 'Hello' });
      deleteComment(world, 'ravi', { comment: id });
      createComment(world, 'ravi', { item: at(3), body: 'On the pull request' });
    },
    [
      'issue_comment.created octo/home#1',
      'issue_comment.edited octo/home#1',
      'issue_comment.deleted octo/home#1',
      'issue_comment.created octo/home#3',
    ],
  ],
  [
    'a pull request is opened with everything',
    ({ world }) =>
      openPullRequest(world, 'ravi', {
        repository: 'octo/home',
        title: 'All of it',
        body: 'Fixes #2',
        branch: 'all',
        draft: true,
        labels: ['bug'],
        assignees: ['ravi'],
        reviewers: ['kim'],
        teamReviewers: ['core'],
        milestone: 1,
        files: [{ path: 'a.ts', status: 'renamed', previousPath: 'b.ts' }],
      }),
    [
      'pull_request.opened octo/home#4',
      'pull_request.labeled octo/home#4',
      'pull_request.assigned octo/home#4',
      'pull_request.review_requested octo/home#4',
      'pull_request.review_requested octo/home#4',
    ],
  ],
  [
    'a pull request changes and closes',
    ({ world, at }) => {
      editPullRequest(world, 'ravi', { item: at(3), title: 'Better', base: 'release' });
      convertToDraft(world, 'ravi', { item: at(3) });
      markReady(world, 'ravi', { item: at(3) });
      closePullRequest(world, 'ravi', { item: at(3) });
      reopenPullRequest(world, 'ravi', { item: at(3) });
    },
    [
      'pull_request.edited octo/home#3',
      'pull_request.edited octo/home#3',
      'pull_request.converted_to_draft octo/home#3',
      'pull_request.ready_for_review octo/home#3',
      'pull_request.closed octo/home#3',
      'pull_request.reopened octo/home#3',
    ],
  ],
  [
    'commits are pushed to a pull request',
    ({ world }) => {
      const files = [{ path: 'new.ts', status: 'added' as const }];
      pushCommits(world, 'ravi', { repository: 'octo/home', branch: 'work', commits: ['One', 'Two'], files });
    },
    ['push octo/home', 'pull_request.synchronize octo/home#3'],
  ],
  [
    'reviews are asked for, given and dismissed',
    ({ world, at }) => {
      requestReview(world, 'ravi', { item: at(3), reviewers: ['kim'], teams: ['core'] });
      removeReviewRequest(world, 'ravi', { item: at(3), teams: ['core'] });
      const { id } = submitReview(world, 'kim', { item: at(3), state: 'approved' });
      dismissReview(world, 'ravi', { item: at(3), review: id });
    },
    [
      'pull_request.review_requested octo/home#3',
      'pull_request.review_requested octo/home#3',
      'pull_request.review_request_removed octo/home#3',
      'pull_request_review.submitted octo/home#3',
      'pull_request_review.dismissed octo/home#3',
    ],
  ],
  [
    'checks run on a commit: the suite completes with its last run',
    ({ world, home }) => {
      const sha = home.pullRequests.get(3)?.headSha ?? '';
      reportCheckRun(world, 'ravi', { repository: 'octo/home', sha, name: 'test' });
      reportCheckRun(world, 'ravi', { repository: 'octo/home', sha, name: 'lint', conclusion: 'failure' });
      reportCheckRun(world, 'ravi', { repository: 'octo/home', sha, name: 'test', conclusion: 'success' });
      reportStatus(world, 'ravi', { repository: 'octo/home', sha, context: 'deploy', state: 'pending' });
    },
    [
      'check_run.created octo/home',
      'check_run.created octo/home',
      'check_run.completed octo/home',
      'check_run.completed octo/home',
      'check_suite.completed octo/home',
      'status octo/home',
    ],
  ],
  [
    'a merge into the default branch closes by keyword, by hand and by commit message',
    ({ world, at, issue }) => {
      connectIssue(world, 'ravi', { pullRequest: at(3), issue: at(1, 'octo/vault') });
      issue('By commit');
      pushCommits(world, 'ravi', { repository: 'octo/home', branch: 'work', commits: ['Resolves #4'] });
      mergePullRequest(world, 'kim', { item: at(3) });
    },
    [
      'issues.opened octo/home#4',
      'push octo/home',
      'pull_request.synchronize octo/home#3',
      'pull_request.closed octo/home#3',
      'push octo/home',
      'issues.closed octo/home#1',
      'issues.closed octo/vault#1',
      'issues.closed octo/home#4',
    ],
  ],
  [
    'a file is put on the default branch by a commit that closes an issue',
    ({ world }) => putFile(world, 'kim', { repository: 'octo/home', path: 'a.md', text: 'A', message: 'Fix #2' }),
    ['push octo/home', 'issues.closed octo/home#2'],
  ],
  ['a branch is linked: nobody is told', ({ world, at }) => linkBranch(world, 'kim', { item: at(1), branch: 'x' }), []],
  [
    'an issue moves to another repository',
    ({ world, at }) => transferIssue(world, 'kim', { item: at(2), repository: 'octo/vault' }),
    ['issues.transferred octo/home#2', 'issues.opened octo/vault#2'],
  ],
  [
    'an issue is deleted',
    ({ world, at }) => deleteIssue(world, 'kim', { item: at(2) }),
    ['issues.deleted octo/home#2'],
  ],
  [
    'a repository becomes private and public again',
    ({ world }) => {
      setVisibility(world, 'kim', { repository: 'octo/home', visibility: 'private' });
      setVisibility(world, 'kim', { repository: 'octo/home', visibility: 'internal' });
      setVisibility(world, 'kim', { repository: 'octo/home', visibility: 'public' });
    },
    ['repository.privatized octo/home', 'repository.publicized octo/home'],
  ],
  [
    'an App is installed, gets other repositories and permissions, and goes',
    ({ world, app }) => {
      const { id } = installApp(world, 'kim', { appId: app.id, account: 'octo', repositories: ['octo/home'] });
      changeInstallationRepositories(world, 'kim', { installation: id, added: ['octo/vault'] });
      changeInstallationRepositories(world, 'kim', { installation: id, removed: ['octo/home'] });
      setInstallationPermissions(world, 'kim', { installation: id, permissions: { metadata: 'read' } });
      uninstallApp(world, 'kim', { installation: id });
    },
    [
      'installation.created',
      'installation_repositories.added',
      'installation_repositories.removed',
      'installation.new_permissions_accepted',
      'installation.deleted',
    ],
  ],
];

test.each(table)('%s', (_name, act, expected) => {
  const sample = makeSampleWorld();
  sample.issue('First');
  sample.issue('Second');
  openPullRequest(sample.world, 'ravi', { repository: 'octo/home', title: 'Work', body: 'Closes #1', branch: 'work' });
  sample.issue('Hidden', 'octo/vault');
  const deliveries = recordDeliveries(sample.world);
  act(sample);
  expect({ names: deliveries.map(nameOf), problems: problemsOf(deliveries) }).toEqual({
    names: expected,
    problems: [],
  });
});
