import type { Backport, WantedBackport } from '../../../../src/core/readiness/backports/backport.ts';
import type { Presence } from '../../../../src/core/readiness/presence/presence.ts';
import type { ReadinessReport } from '../../../../src/core/readiness/report-schema.ts';
import { known, unknown } from '../../../../src/core/reading.ts';
import type { PullRequestFacts, ReviewFacts, TaskFacts } from '../../../../src/core/task/facts.ts';
import { blockerFacts, closedBy, pullRequestFacts, ref, shaOf, taskFacts } from '../../build-facts.ts';
import { BASE_SHA, baseCommit, configured, reportFor, required, run, waiver, world } from '../build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const GREEN = known({ state: 'success', total: 3, unfinished: [] } as const);

/** Task #2 of kim, done by #41 of ravi. */
const done = (input: Partial<TaskFacts> = {}): TaskFacts =>
  taskFacts({ number: 2, title: 'Read ship manifests', assignees: ['kim'], closedAt: AT, ...closedBy(41), ...input });
const merged = (input: Parameters<typeof pullRequestFacts>[0] = {}): PullRequestFacts =>
  pullRequestFacts({
    number: 41,
    title: 'Manifest reader',
    readyAt: '2026-05-02T12:00:00Z',
    mergedAt: AT,
    checks: GREEN,
    ...input,
  });
/** Task #3 of noor, with #42 of ravi open. */
const open = (input: Partial<TaskFacts> = {}): TaskFacts =>
  taskFacts({ number: 3, title: 'Berth plan', labels: ['lane:api'], assignees: ['noor'], ...closedBy(42), ...input });
const ready = (input: Partial<PullRequestFacts> = {}): PullRequestFacts =>
  pullRequestFacts({ number: 42, title: 'Berths by tide', readyAt: '2026-05-03T09:00:00Z', checks: GREEN, ...input });

const approval = (input: Partial<ReviewFacts> = {}): ReviewFacts => ({
  author: 'lena',
  state: 'approved',
  submittedAt: '2026-05-08T09:00:00Z',
  commitSha: null,
  url: 'https://github.com/octo/harbor/pull/42#pullrequestreview-7',
  ...input,
});

const approved = (input: Partial<PullRequestFacts> = {}): PullRequestFacts =>
  ready({ reviews: known([approval()]), ...input });

/** All done and green: what each of the others differs from in one thing. */
const finished = { tasks: [done()], pullRequests: [merged()] };
const unfinished = { tasks: [done(), open()], pullRequests: [merged(), approved()] };

const HOSTILE =
  '@everyone closes #1 <script>alert(1)</script> | `x` ```\n# [a](http://e.x) ![i](http://e.x/i.png) o/r#2';
const HOSTILE_BASE = 'release/`x`';

/** Each shows one thing; the same facts give the same report. */
export const SCENARIOS: Readonly<Record<string, () => ReadinessReport>> = {
  go: () => reportFor(world(finished)),
  empty_scope: () => reportFor(world()),
  no_go_completion: () => reportFor(world(unfinished)),
  no_go_outcomes: () =>
    reportFor(
      world({
        ...finished,
        pullRequests: [
          merged(),
          pullRequestFacts({
            number: 43,
            title: 'Revert "Manifest reader"',
            body: 'Reverts octo/harbor#41',
            mergedAt: '2026-05-06T09:00:00Z',
          }),
        ],
      }),
    ),
  no_go_dependencies: () => {
    const blocked = (number: number, by: number, title: string): TaskFacts =>
      taskFacts({ number, title, blockers: known([blockerFacts(by)]) });
    const tasks = [blocked(4, 5, 'Crane schedule'), blocked(5, 4, 'Night lights'), blocked(6, 9, 'Map view')];
    return reportFor(world({ tasks }));
  },
  no_go_base_ci: () => {
    const runs = known([run({ conclusion: 'failure' }), run({ name: 'lint', conclusion: 'skipped' })]);
    const requiredChecks = required('lint');
    return reportFor(world({ ...finished, requiredChecks, baseCommits: known([baseCommit({ runs })]) }));
  },
  no_go_skipped_check: () => {
    const runs = known([run(), run({ name: 'lint', conclusion: 'skipped' })]);
    const requiredChecks = required('test', 'lint');
    return reportFor(world({ ...finished, requiredChecks, baseCommits: known([baseCommit({ runs })]) }));
  },
  no_go_stale_approval: () =>
    reportFor(
      world({
        tasks: [done(), open()],
        pullRequests: [merged(), ready({ reviews: known([approval({ commitSha: shaOf(7) })]) })],
      }),
      { config: configured('readiness: { criteria: { gate_backlog: blocking } }') },
    ),
  no_go_scope_integrity: () =>
    reportFor(
      world({
        tasks: [done(), taskFacts({ number: 6, title: 'Sell tickets', closedAt: AT })],
        pullRequests: [merged()],
      }),
    ),
  no_go_freeze: () =>
    reportFor(world({ ...finished, scopedAt: new Map([['octo/harbor#2', '2026-05-03T09:00:00Z']]) }), {
      config: configured("readiness: { freeze: '2026-05-02' }"),
    }),
  no_go_reviews: () =>
    reportFor(
      world({
        ...unfinished,
        pullRequests: [merged(), ready({ reviewRequests: known(['lena', 'octo/tides']) })],
        reviewRequests: new Map([['octo/harbor#42', [{ reviewer: 'lena', requestedAt: '2026-05-03T09:00:00Z' }]]]),
      }),
      { config: configured('readiness: { criteria: { gate_backlog: blocking } }') },
    ),
  no_go_age: () =>
    reportFor(
      world({
        tasks: [
          open({
            blockers: known([blockerFacts(9, { addedAt: '2026-05-04T09:00:00Z', closedAt: '2026-05-06T09:00:00Z' })]),
          }),
        ],
        pullRequests: [approved()],
      }),
      { config: configured('readiness: { implemented_age: { blocking: 3d } }') },
    ),
  no_go_artifacts: () =>
    reportFor(world(finished), {
      config: configured('tasks: { artifacts: [{ field: Evidence, from: implemented, is: url }] }'),
    }),
  no_go_backports: () => {
    const wanted = (number: number, title: string, mergedBy: string): WantedBackport => ({
      ...{ ref: ref(number), title, url: `https://github.com/octo/harbor/pull/${number}`, mergedBy, author: 'ravi' },
      ...{ mergeCommitSha: shaOf(number), mergedAt: AT, label: 'backport 3.1' },
    });
    const marked = [wanted(41, 'Manifest reader', 'kim'), wanted(44, 'Lamps', 'noor'), wanted(45, 'Ropes', 'lena')];
    const lacks = { state: 'missing', picked: 0, commits: 1, left: [shaOf(41)], isMerge: true } as const;
    const out = { sha: shaOf(61), subject: 'Revert "Lamps"' };
    const about = marked.map(({ ref, mergeCommitSha: sha, title: subject }) => ({ ref, sha, subject }));
    const found = about.flatMap((one, at): readonly Backport[] => [
      at === 0
        ? { ...one, ...lacks, revertedBy: null }
        : at === 1
          ? { ...one, ...lacks, left: [shaOf(44)], isMerge: false, revertedBy: out }
          : { ...one, state: 'present', how: 'cherry_picked', by: { sha: shaOf(62), subject: 'Ropes' } },
    ]);
    const branch = 'release/3.1';
    const facts = world({
      ...finished,
      pullRequests: finished.pullRequests.map((one) => ({ ...one, baseRefName: branch, isDefaultBase: false })),
      scope: { kind: 'branch', selector: `branch:${branch}`, title: `merged into ${branch}`, baseBranch: branch },
      wantedBackports: {
        main: { name: 'main', sha: shaOf(900) },
        branches: [{ name: branch, sha: BASE_SHA, wanted: marked }],
        gaps: [],
      },
      backports: new Map([[branch, known(found)]]),
    });
    return reportFor(facts, { config: configured('readiness: { criteria: { backports: blocking } }') });
  },
  no_go_present_on_base: () => {
    const by = { sha: shaOf(46), subject: 'Night lights (#46)', at: '2026-05-06T09:00:00Z', number: 46 };
    const places = [{ before: 12, after: 14 }];
    const files = [{ path: 'src/manifest.ts', removed: 9, restored: 4, isExact: false, isDeleted: false, places }];
    const culprit = merged({ number: 46, title: 'Night lights', author: 'noor', mergedAt: by.at });
    const gone = merged({ number: 47, title: 'Berth plan', mergedBy: 'lena', mergedAt: AT });
    const presences = new Map<string, Presence>([
      [
        'octo/harbor#41',
        {
          ...{ state: 'undone', by, lost: [shaOf(41)] },
          evidence: { files, removedLines: 9, restoredLines: 4, share: 0.93, victims: 1 },
        },
      ],
      ['octo/harbor#46', { state: 'present', how: 'ancestor' }],
      ['octo/harbor#47', { state: 'missing' }],
    ]);
    return reportFor(world({ ...finished, pullRequests: [merged(), culprit, gone], presences: known(presences) }), {
      config: configured('readiness: { criteria: { present_on_base: blocking } }'),
    });
  },
  unknown_permission: () => {
    const gap = { cause: 'forbidden', what: 'checks of main', permission: 'checks: read' } as const;
    const coverage = [
      { source: 'checks', state: 'denied', missing: 'checks of main', permission: 'checks: read' },
    ] as const;
    return reportFor(world({ ...finished, baseCommits: known([baseCommit({ runs: unknown(gap) })]), coverage }));
  },
  unknown_running: () =>
    reportFor(
      world({
        ...finished,
        baseCommits: known([baseCommit({ runs: known([run({ conclusion: 'pending', completedAt: null })]) })]),
      }),
    ),
  unknown_limit: () => {
    const gap = { cause: 'rate_limited', what: 'commits of main' } as const;
    const coverage = [
      { source: 'base branch', state: 'rate_limited', missing: 'commits of main', permission: null },
    ] as const;
    return reportFor(world({ ...finished, baseCommits: unknown(gap), coverage, scope: { baseSha: null } }));
  },
  waived: () => reportFor(world({ ...unfinished, waivers: known([waiver({ item: ref(3) })]) })),
  waiver_expired: () =>
    reportFor(world({ ...unfinished, waivers: known([waiver({ item: ref(3), until: '2026-05-09T00:00:00Z' })]) })),
  waiver_of_a_stranger: () =>
    reportFor(world({ ...unfinished, waivers: known([waiver({ item: ref(3), by: 'tomas', isAuthorised: false })]) })),
  private_items: () => {
    const secret = taskFacts({ ref: ref(7, 'octo/vault'), title: 'Secret cargo', visibility: 'private' });
    return reportFor(world({ tasks: [done(), secret], pullRequests: [merged()] }), { audience: 'umbrella_readers' });
  },
  hostile_titles: () =>
    reportFor(
      world({
        tasks: [done(), open({ title: HOSTILE, labels: [`lane:${HOSTILE}`] })],
        pullRequests: [
          merged({ baseRefName: HOSTILE_BASE, isDefaultBase: false }),
          approved({ title: HOSTILE, headRefName: HOSTILE }),
        ],
        baseCommits: known([
          baseCommit({ subject: HOSTILE, runs: known([run({ name: HOSTILE, conclusion: 'failure' })]) }),
        ]),
        waivers: known([waiver({ item: ref(3), reason: HOSTILE, isAuthorised: false })]),
        scope: { title: HOSTILE, baseBranch: HOSTILE_BASE },
      }),
    ),
  thousand_findings: () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => index + 100);
    return reportFor(world({ tasks: numbers.map((number) => taskFacts({ number, title: `Container ${number}` })) }));
  },
  diff: () => {
    const before = reportFor(world({ ...unfinished, now: '2026-05-09T12:00:00Z' }));
    const runs = known([run({ conclusion: 'failure' })]);
    const tasks = [done(), open({ closedAt: '2026-05-10T09:00:00Z' })];
    const pullRequests = [
      merged(),
      approved({ state: 'merged', mergedAt: '2026-05-10T09:00:00Z', mergeCommitSha: BASE_SHA }),
    ];
    const facts = world({ tasks, pullRequests, baseCommits: known([baseCommit({ runs })]) });
    return reportFor(facts, { previous: before });
  },
};
