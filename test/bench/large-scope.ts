import type { ReadinessFacts } from '../../src/core/readiness/readiness-facts.ts';
import { known } from '../../src/core/reading.ts';
import type { CommitFacts, PullRequestFacts, ReviewFacts, TaskFacts } from '../../src/core/task/facts.ts';
import type { Ref } from '../../src/core/task/identity.ts';
import { blockerFacts, closedBy, pullRequestFacts, ref, shaOf, taskFacts } from '../core/build-facts.ts';
import { world } from '../core/readiness/build-world.ts';

export const TASKS = 10_000;
export const PULL_REQUESTS = 3_000;

const FIRST_PULL_REQUEST = 20_000;
const BRANCHING = 40;
const MERGED = '2026-05-06T10:00:00Z';
const CLOSED = '2026-05-06T10:00:05Z';

const TASKS_EACH = 3;

/**
 * `umbrella:octo/harbor#1` as a big repository has it: 10,000 tasks in four levels of 40 children or less, of whose leaves
 * each pull request closes three, by GitHub's reference, by a closing keyword in its body, or both. Bodies come from a
 * template, 900 characters long, with two commits and two reviews each; three of four tasks name a lane. 24 of 25 pull
 * requests are merged and their tasks closed; the others are in review, failing, in conflict, drafts, given up or reverted.
 * Of the 749 leaves without a pull request nine of ten were not planned, and of the rest a third is blocked. Everything is
 * known, nothing was worked out before: each call makes facts of its own.
 */
export function largeScope(): ReadinessFacts {
  const firstLeaf = Math.ceil((TASKS - 1) / BRANCHING);
  const parents = Array.from({ length: firstLeaf }, (_, n) => umbrellaAt(n));
  const leaves = Array.from({ length: TASKS - firstLeaf }, (_, n) => leafAt(n, firstLeaf + n));
  const pullRequests = Array.from({ length: PULL_REQUESTS }, (_, n) =>
    pullRequestAt(
      n,
      leaves.slice(n * TASKS_EACH, (n + 1) * TASKS_EACH).map((leaf) => leaf.ref),
    ),
  );
  const [root, ...nested] = parents;
  return world({
    tasks: [...nested, ...leaves],
    pullRequests,
    outside: root === undefined ? [] : [root],
    scope: { kind: 'umbrella', selector: 'umbrella:octo/harbor#1', title: 'Harbor goes live', umbrella: ref(1) },
    work: { baseCommits: new Map([['octo/harbor', pullRequests.flatMap(squashOf)]]) },
  });
}

const taskRef = (index: number): Ref => ref(index + 1);
const parentOf = (index: number): Ref | null => (index === 0 ? null : taskRef(Math.floor((index - 1) / BRANCHING)));

function umbrellaAt(index: number): TaskFacts {
  const first = index * BRANCHING + 1;
  const children = Array.from({ length: Math.min(BRANCHING, TASKS - first) }, (_, n) => taskRef(first + n));
  return taskFacts({ ...ordinary(index), children: known(children) });
}

const ordinary = (index: number): Parameters<typeof taskFacts>[0] => ({
  ref: taskRef(index),
  title: `P${(index % 9) + 1}.M${(index % 40) + 1}.T${index + 1}: raise the quay wall`,
  body: TASK_BODY,
  parent: parentOf(index),
  labels: index % 4 === 0 ? ['kind:feature'] : ['kind:feature', `lane:${LANES[index % 3] ?? 'api'}`],
});

const LANES = ['api', 'docs', 'ui'];
const ASSIGNEES = ['kim', 'ravi', 'noor', 'lena', 'tomas'];

/** What is not done of those with a pull request. */
type Left = 'in_review' | 'failing' | 'conflicting' | 'draft' | 'given_up' | 'reverted';
const LEFT: readonly Left[] = ['in_review', 'failing', 'conflicting', 'draft', 'given_up', 'reverted'];

const leftAt = (n: number): Left | null => (n % 25 === 0 ? (LEFT[(n / 25) % LEFT.length] ?? null) : null);

function leafAt(n: number, index: number): TaskFacts {
  const assignees = [ASSIGNEES[n % ASSIGNEES.length] ?? 'kim'];
  const common = { ...ordinary(index), assignees };
  const change = Math.floor(n / TASKS_EACH);
  if (change < PULL_REQUESTS) {
    const closed = leftAt(change) === null ? { closedAt: CLOSED, updatedAt: CLOSED } : {};
    return taskFacts({ ...common, ...(isReferenced(change) ? closedBy(FIRST_PULL_REQUEST + change) : {}), ...closed });
  }
  if (n % 10 !== 0) return taskFacts({ ...common, closedAt: CLOSED, stateReason: 'not_planned' });
  return taskFacts({ ...common, ...(n % 30 === 0 ? { blockers: known([blockerFacts(index)]) } : {}) });
}

/** Two of three by GitHub itself, two of three by a keyword: each at least once. */
const isReferenced = (n: number): boolean => n % 3 !== 0;
const saysSo = (n: number): boolean => n % 3 !== 2;

function pullRequestAt(n: number, tasks: readonly Ref[]): PullRequestFacts {
  const number = FIRST_PULL_REQUEST + n;
  const left = leftAt(n);
  const isMerged = left === null || left === 'reverted';
  return pullRequestFacts({
    number,
    title: `Raise the quay wall, part ${n}`,
    body: bodyOf(n, tasks),
    author: ASSIGNEES[n % ASSIGNEES.length] ?? 'kim',
    headRefName: `feature/quay-wall-${n}`,
    mergedAt: isMerged ? MERGED : null,
    ...(left === 'given_up' ? { closedAt: CLOSED } : {}),
    isDraft: left === 'draft',
    mergeable: left === 'conflicting' ? 'conflicting' : 'mergeable',
    reviewDecision: isMerged ? 'approved' : 'review_required',
    reviewRequests: known(isMerged ? [] : ['lena']),
    reviews: known(isMerged ? reviewsOf(number) : []),
    checks: known({
      state: left === 'failing' ? 'failure' : 'success',
      total: 12,
      unfinished: left === 'failing' ? [{ name: 'test', outcome: 'failure', url: null }] : [],
    }),
    commits: known(commitsOf(n, number)),
  });
}

const reviewsOf = (number: number): readonly ReviewFacts[] =>
  ['lena', 'tomas'].map((author) => ({
    author,
    state: 'approved',
    submittedAt: '2026-05-05T10:00:00Z',
    commitSha: shaOf(number + 1_000),
    url: `https://github.com/octo/harbor/pull/${number}#pullrequestreview-1`,
  }));

const commitsOf = (n: number, number: number): readonly CommitFacts[] =>
  ['Raise the wall to the height of the spring tide', 'Fix the drain behind it'].map((message, at) => ({
    sha: shaOf(1_000_000 + number * 2 + at),
    message: `${message}\n\nSeen in the survey of sheet ${n}.`,
    committedAt: '2026-05-04T10:00:00Z',
  }));

/** As GitHub squashes: the title with the number; a revert comes as a commit of its own. */
function squashOf({ ref: { number }, title, mergeCommitSha }: PullRequestFacts): readonly CommitFacts[] {
  if (mergeCommitSha === null) return [];
  const squash = { sha: mergeCommitSha, message: `${title} (#${number})`, committedAt: MERGED };
  if (leftAt(number - FIRST_PULL_REQUEST) !== 'reverted') return [squash];
  const message = `Revert "${title}"\n\nThis reverts commit ${mergeCommitSha}.`;
  return [squash, { sha: shaOf(5_000_000 + number), message, committedAt: '2026-05-07T10:00:00Z' }];
}

const TASK_BODY = `### What\n\nThe quay wall is **too low** for spring tides.\n\n### Done when\n\n- [x] the survey is in\n- [ ] the wall stands\n\n${'The height is that of the sheet of the survey. '.repeat(8)}\n`;

const bodyOf = (
  n: number,
  tasks: readonly Ref[],
): string => `<!-- Thank you for your change. Please fill in what applies. -->

## Summary

Raises the quay wall along basin ${n} to the height of sheet ${n}, and moves the drain behind it. The old wall leaked where the \`basin-${n}\` gate was fixed to it; see the [survey](https://example.org/survey/${n}) for what was measured there.

${tasks.map(({ number }) => (saysSo(n) ? `Closes #${number}` : `Refs #${number}`)).join('\n')}

## How was this tested?

- [x] by hand, at high water
- [ ] by the *simulator*
- [x] with \`npm test\`

\`\`\`ts
const wall = raiseWall({ basin: ${n}, centimetres: 40 });
\`\`\`

> A reviewer asked whether this closes the gap at the slipway: it does not.

## Notes

Nothing else changes. The figures are those of last spring, and whoever keeps the gates has seen them.
`;
