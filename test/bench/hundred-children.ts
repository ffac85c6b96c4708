import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { linkBranch } from '../../src/sandbox/actions/link-branch.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { reportCheckRun, reportStatus } from '../../src/sandbox/actions/report-checks.ts';
import { requestReview } from '../../src/sandbox/actions/request-review.ts';
import { submitReview } from '../../src/sandbox/actions/submit-review.ts';
import {
  addCollaborator,
  addLabel,
  addRepository,
  addUserToken,
  advanceClock,
  createWorld,
} from '../../src/sandbox/create-world.ts';
import type { ItemKey, World } from '../../src/sandbox/world.ts';

export const CHILDREN = 100;
export const TOKEN = 'bench-token';
export const UMBRELLA = { owner: 'octo', repo: 'harbor', number: 1 };

const HARBOR = 'octo/harbor';
const LANES = ['lane:api', 'lane:docs', 'lane:ui'];
const PEOPLE = ['ravi', 'noor', 'lena', 'tomas'];

const keyOf = ({ number }: { readonly number: number }): ItemKey => ({ repository: HARBOR, number });
const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? '';

/**
 * `octo/harbor` with the umbrella #1 and 100 children, each with two labels, one or two assignees, a blocker and a
 * closing pull request that has review requests, reviews, two check runs and a status. Every third one is merged, every
 * fifth of the others a draft. The blockers are siblings, or with `blockers: 'elsewhere'` issues beside the umbrella.
 */
export function hundredChildren({ blockers }: { readonly blockers: 'siblings' | 'elsewhere' }): World {
  const world = createWorld({ now: '2026-03-02T09:00:00Z' });
  const repository = addRepository(world, { owner: 'octo', name: 'harbor' });
  for (const login of ['kim', ...PEOPLE]) addCollaborator(world, repository, login, 'write');
  for (const name of ['umbrella', 'size:small', ...LANES]) addLabel(world, repository, { name });
  addUserToken(world, { token: TOKEN, login: 'kim' });
  const umbrella = keyOf(openIssue(world, 'kim', { repository: HARBOR, title: 'P1.M1 Gates', labels: ['umbrella'] }));
  createComment(world, 'ravi', { item: umbrella, body: 'Ready to start.' });
  const children = Array.from({ length: CHILDREN }, (_, n) => addChild(world, umbrella, n));
  const others = ['Dredge the basin', 'Order steel', 'Hire divers'].map((title) =>
    keyOf(openIssue(world, 'kim', { repository: HARBOR, title })),
  );
  for (const [n, child] of children.entries()) {
    const pool = blockers === 'siblings' ? children : others;
    const blocker = pool[(n + 1) % pool.length];
    if (blocker) addBlockedBy(world, 'kim', { blocked: child, blocker });
  }
  for (const [n, child] of children.entries()) addClosingPullRequest(world, child, n);
  return world;
}

function addChild(world: World, umbrella: ItemKey, n: number): ItemKey {
  const assignees = n % 2 === 0 ? [pick(PEOPLE, n)] : [pick(PEOPLE, n), pick(PEOPLE, n + 1)];
  const labels = [pick(LANES, n), 'size:small'];
  const issue = openIssue(world, 'kim', { repository: HARBOR, title: `P1.M1.T${n + 1} Gate`, labels, assignees });
  addSubIssue(world, 'kim', { parent: umbrella, child: keyOf(issue) });
  return keyOf(issue);
}

function addClosingPullRequest(world: World, child: ItemKey, n: number): void {
  advanceClock(world, 60);
  const author = pick(PEOPLE, n);
  const isMerged = n % 3 === 0;
  const branch = `gate-${n + 1}`;
  linkBranch(world, author, { item: child, branch });
  const pull = openPullRequest(world, author, {
    repository: HARBOR,
    title: `Build gate ${n + 1}`,
    body: `Closes #${child.number}`,
    branch,
    draft: !isMerged && n % 5 === 0,
    files: [{ path: `gates/${n + 1}.ts`, status: 'added' }],
  });
  const item = keyOf(pull);
  requestReview(world, author, { item, reviewers: [pick(PEOPLE, n + 1), pick(PEOPLE, n + 2)] });
  const state = isMerged || n % 2 === 0 ? 'approved' : 'changes_requested';
  submitReview(world, pick(PEOPLE, n + 1), { item, state, body: 'Read it.' });
  submitReview(world, 'kim', { item, state: 'commented', body: 'Nice.' });
  reportChecks(world, pull.headSha, n);
  if (isMerged) mergePullRequest(world, 'kim', { item });
}

function reportChecks(world: World, sha: string, n: number): void {
  const test = n % 3 !== 0 && n % 7 === 0 ? 'failure' : 'success';
  reportCheckRun(world, 'kim', { repository: HARBOR, sha, name: 'test', conclusion: test });
  reportCheckRun(world, 'kim', { repository: HARBOR, sha, name: 'lint', conclusion: n % 4 === 1 ? null : 'skipped' });
  reportStatus(world, 'kim', { repository: HARBOR, sha, context: 'deploy/preview', state: 'success' });
}
