import { expect, it } from 'vitest';
import { buildToday } from '../../../../src/core/readiness/today/build-today.ts';
import { renderTodayMarkdown } from '../../../../src/core/readiness/today/render-today-markdown.ts';
import type { TodayFacts } from '../../../../src/core/readiness/today/today-view.ts';
import { known, unknown } from '../../../../src/core/reading.ts';
import type { PullRequestFacts, TaskFacts } from '../../../../src/core/task/facts.ts';
import { audienceOfRepository } from '../../../../src/core/umbrella/audience.ts';
import { blankTimes } from '../../../../src/core/umbrella/render-times.ts';
import {
  blockerFacts,
  closedBy,
  NOW,
  pullRequestFacts,
  ref,
  snapshot,
  taskFacts,
  umbrellaOf,
} from '../../build-facts.ts';
import { configured } from '../build-world.ts';

const HARBOR = { owner: 'octo', repo: 'harbor' };
const GREEN = known({ state: 'success', total: 1, unfinished: [] } as const);
const APPROVAL = {
  author: 'lena',
  state: 'approved',
  submittedAt: '2026-05-08T12:00:00Z',
  commitSha: null,
  url: 'https://x',
} as const;
const APPROVED = known([APPROVAL]);
const approved = (input: Parameters<typeof pullRequestFacts>[0] = {}): PullRequestFacts =>
  pullRequestFacts({ checks: GREEN, reviews: APPROVED, ...input });

interface Told extends Pick<TodayFacts, 'pairs' | 'merged'> {
  readonly audience: 'viewer' | 'umbrella_readers';
}

function todayOf(
  tasks: readonly TaskFacts[],
  pullRequests: readonly PullRequestFacts[] = [],
  { pairs = null, merged = [], audience = 'viewer' }: Partial<Told> = {},
) {
  const read = snapshot(tasks, pullRequests);
  return buildToday({
    now: NOW,
    repository: HARBOR,
    snapshot: read,
    config: configured('version: 1'),
    pairs,
    merged,
    audience: audienceOfRepository(read, HARBOR, audience),
  });
}

const told = ({ lines }: ReturnType<typeof buildToday>) =>
  lines.map(({ kind, actor, action, why }) => `${kind}: ${actor.name}: ${action.text}: ${why}`);

it('tells what was lost, what collides, what is approved and not merged, and what is next, with who and how', () => {
  const lost = taskFacts({ number: 2, ...closedBy(41), assignees: ['kim'] });
  const free = taskFacts({ number: 3, title: 'Night lights' });
  const waiting = taskFacts({ number: 4, blockers: known([blockerFacts(3)]) });
  const { lines, more, hidden } = todayOf(
    [umbrellaOf([lost, free, waiting]), lost, free, waiting],
    [
      pullRequestFacts({ mergedAt: '2026-05-04T09:00:00Z' }),
      pullRequestFacts({ number: 42, body: 'Reverts octo/harbor#41', mergedAt: '2026-05-06T09:00:00Z' }),
      approved({ number: 43, title: 'Tide tables' }),
      pullRequestFacts({ number: 44, mergeable: 'conflicting', author: 'noor' }),
    ],
  );
  expect(told({ lines, more, hidden })).toEqual([
    'missing: kim: bring octo/harbor#41 back, or close octo/harbor#2 as not planned: reverted by octo/harbor#42: Reverts octo/harbor#41',
    'conflict: noor: resolve the conflicts of octo/harbor#44: it conflicts with main',
    'merge: ravi: merge octo/harbor#43: it is approved and not merged',
    'start: whoever is free: start octo/harbor#3: next of octo/harbor#1; 1 task waits for it',
  ]);
  expect(lines[2]).toEqual({
    kind: 'merge',
    ref: 'octo/harbor#43',
    title: 'Tide tables',
    url: 'https://github.com/octo/harbor/pull/43',
    why: 'it is approved and not merged',
    since: '2026-05-08T12:00:00Z',
    age_seconds: 2 * 86_400,
    actor: { name: 'ravi', kind: 'person' },
    action: {
      text: 'merge octo/harbor#43',
      command: 'gh pr merge 43 --repo=octo/harbor',
      url: 'https://github.com/octo/harbor/pull/43',
    },
  });
  expect([more, hidden]).toEqual([0, 0]);
});

it('leaves out what needs nobody, and what nobody could read', () => {
  const going = taskFacts({ number: 2, assignees: ['kim'] });
  const closed = umbrellaOf([taskFacts({ number: 9 })], { number: 8, closedAt: NOW });
  const running = known({ state: 'pending', total: 1, unfinished: [] } as const);
  const { lines } = todayOf(
    [umbrellaOf([going]), going, closed, taskFacts({ number: 9 })],
    [
      approved({ checks: running }),
      approved({ number: 42, checks: unknown({ cause: 'forbidden', what: 'checks' }) }),
      approved({ number: 43, isDraft: true, mergeable: 'conflicting' }),
      pullRequestFacts({ number: 44, checks: GREEN }),
      pullRequestFacts({ number: 45, author: 'dependabot[bot]', mergeable: 'conflicting' }),
    ],
  );
  expect(lines).toEqual([]);
});

it('has an approval of an older head looked at again, rather than merged', () => {
  const older = known([{ ...APPROVAL, commitSha: 'a'.repeat(40) }]);
  expect(told(todayOf([], [approved({ reviews: older })]))).toEqual([
    'merge: lena: look at octo/harbor#41 again, and approve its present head: an older head of it is approved, and it is not merged',
  ]);
});

it('gives the merge of a bot to a maintainer', () => {
  expect(
    told(todayOf([], [approved({ author: 'dependabot' }), approved({ number: 42, author: 'renovate[bot]' })])),
  ).toEqual([
    'merge: a maintainer of octo/harbor: merge octo/harbor#41: it is approved and not merged',
    'merge: a maintainer of octo/harbor: merge octo/harbor#42: it is approved and not merged',
  ]);
});

it('tells of two open pull requests that a trial merge found in conflict, to the one that came later', () => {
  const pull = (number: number, readyAt: string, author: string) => pullRequestFacts({ number, readyAt, author });
  const file = { path: 'src/berth.ts', kind: 'content', ranges: [], regenerate: false };
  const pairs = [
    { a: '#41', b: '#42', finding: { basis: 'verified', verdict: 'conflict', files: [file] } },
    { a: '#41', b: '#43', finding: { basis: 'estimated', probability: 0.9, factors: [] } },
    { a: '#42', b: '#99', finding: { basis: 'verified', verdict: 'conflict', files: [] } },
  ] as const;
  const open = [
    pull(41, '2026-05-07T00:00:00Z', 'kim'),
    pull(42, '2026-05-03T00:00:00Z', 'noor'),
    pull(43, NOW, 'tomas'),
  ];
  expect(told(todayOf([], open, { pairs }))).toEqual([
    'conflict: kim: agree with the author of octo/harbor#42 who merges first: it conflicts with octo/harbor#42 in src/berth.ts (verified)',
  ]);
});

it('tells of all that a pull request conflicts with in one line', () => {
  const pull = (number: number, author: string) =>
    pullRequestFacts({ number, author, readyAt: `2026-05-0${number - 40}T00:00:00Z` });
  const file = { path: 'src/berth.ts', kind: 'content', ranges: [], regenerate: false };
  const finding = { basis: 'verified', verdict: 'conflict', files: [file] } as const;
  const numbers = [41, 42, 43];
  const pairs = numbers.flatMap((a) => numbers.filter((b) => b > a).map((b) => ({ a: `#${b}`, b: `#${a}`, finding })));
  expect(told(todayOf([], [pull(41, 'kim'), pull(42, 'kim'), pull(43, 'noor')], { pairs }))).toEqual([
    'conflict: kim: decide which is merged first: octo/harbor#41 or octo/harbor#42: it conflicts with octo/harbor#41 in src/berth.ts (verified)',
    'conflict: noor: agree with the author of octo/harbor#41 and those of 1 more who merges first: it conflicts with octo/harbor#41 in src/berth.ts, and with 1 more (verified)',
  ]);
});

it('takes no pull request of another repository for one of this that has its number', () => {
  const finding = { basis: 'verified', verdict: 'conflict', files: [] } as const;
  const elsewhere = pullRequestFacts({ ref: ref(41, 'octo/quay'), author: 'noor', readyAt: NOW });
  const { lines } = todayOf([], [pullRequestFacts({ number: 41 }), pullRequestFacts({ number: 42 }), elsewhere], {
    pairs: [{ a: '#41', b: '#42', finding }],
  });
  expect(lines.map((line) => [line.ref, line.why])).toEqual([
    ['octo/harbor#42', 'it conflicts with octo/harbor#41 (verified)'],
  ]);
});

it('has at most 15 lines, some of each kind, the oldest first, and counts the rest', () => {
  const at = (day: number): string => `2026-05-0${day}T12:00:00Z`;
  const umbrellas = [1, 2, 3, 4].flatMap((index) => {
    const child = taskFacts({ number: 200 + index });
    return [umbrellaOf([child], { number: 100 + index }), child];
  });
  const pulls = Array.from({ length: 20 }, (_, index) => {
    const reviews = known([
      {
        author: 'lena',
        state: 'approved',
        submittedAt: at(9 - (index % 9)),
        commitSha: null,
        url: 'https://x',
      } as const,
    ]);
    return approved({ number: 300 + index, reviews });
  });
  const { lines, more } = todayOf(umbrellas, pulls);
  const ages = lines.flatMap(({ kind, since }) => (kind === 'merge' && since !== null ? [since] : []));
  expect([lines.length, more, lines.filter(({ kind }) => kind === 'start').length]).toEqual([15, 9, 3]);
  expect(ages).toEqual(ages.toSorted());
  expect(ages[0]).toBe(at(1));
});

it('names nothing that the readers of the repository may not see', () => {
  const secret = taskFacts({ ref: ref(7, 'octo/vault'), title: 'Secret cargo', visibility: 'private' });
  const tasks = [umbrellaOf([secret]), secret];
  expect(told(todayOf(tasks))).toHaveLength(1);
  expect(todayOf(tasks, [], { audience: 'umbrella_readers' })).toEqual({ lines: [], more: 0, hidden: 1 });
});

it('is Markdown that pings nobody', () => {
  const { lines } = todayOf([], [approved({ title: '@everyone <b>closes #1</b>' })]);
  const text = renderTodayMarkdown({
    repository: 'octo/harbor',
    now: NOW,
    lines,
    more: 2,
    hidden: 1,
    gaps: [],
    remarks: ['no clone'],
  });
  expect(blankTimes(text).split('\n')).toEqual([
    '### Today in octo/harbor',
    '',
    '**Approved, and not merged**',
    '',
    '- **[merge #\u200b41](https://github.com/octo/harbor/pull/41)** (ravi) <code>gh pr merge 41 --repo=octo/harbor</code>: [#\u200b41](https://github.com/octo/harbor/pull/41) @\u200beveryone &#60;b&#62;closes #\u200b1&#60;/b&#62;: it is approved and not merged · …',
    '',
    'and 2 more.',
    '',
    '1 private line counted, not shown.',
    '',
    'no clone',
    '',
    '<sub>As of ….</sub>',
    '',
  ]);
  expect(
    renderTodayMarkdown({ repository: 'octo/harbor', now: NOW, lines: [], more: 0, hidden: 0, gaps: [], remarks: [] }),
  ).toContain('\nNothing needs anybody.\n');
  const gaps = [{ cause: 'forbidden', what: 'checks of octo/harbor#41', permission: 'checks: read' }] as const;
  expect(
    renderTodayMarkdown({ repository: 'octo/harbor', now: NOW, lines: [], more: 0, hidden: 0, gaps, remarks: [] }),
  ).toMatch(
    /\nNothing needs anybody, as far as it could be read\.\n\ncould not read checks of .+41: needs checks: read\n/,
  );
});

it('tells what was merged and is gone though nobody said so, with whoever merged what undid it', () => {
  const lost = pullRequestFacts({ mergedAt: '2026-05-04T09:00:00Z' });
  const sha = 'c'.repeat(40);
  const culprit = pullRequestFacts({
    number: 42,
    mergedAt: '2026-05-06T09:00:00Z',
    mergeCommitSha: sha,
    author: 'tomas',
  });
  const by = { sha, subject: 'Paint', at: '2026-05-06T09:00:00Z', number: 42 };
  const file = { path: 'tides.ts', removed: 4, restored: 4, isExact: true, isDeleted: false, places: [] };
  const undone = {
    state: 'undone',
    by,
    evidence: { files: [file], removedLines: 4, restoredLines: 4, share: 1, victims: 1 },
    lost: ['1'.repeat(40), '2'.repeat(40)],
  } as const;
  const merged = [
    { pullRequest: lost, presence: undone },
    { pullRequest: culprit, presence: { state: 'present', how: 'ancestor' } as const },
  ];
  const list = todayOf([], [lost, culprit], { merged });
  expect(list.lines[0]?.action.command).toBe(`git cherry-pick -m 1 ${'1'.repeat(40)} ${'2'.repeat(40)}`);
  expect(told(list)).toEqual([
    'missing: tomas: bring octo/harbor#41 back in tides.ts, or say in a revert that it was meant: octo/harbor#42 put 100 % of its lines back to what they were, without saying so',
  ]);
});
