import { describe, expect, it } from 'vitest';
import { baseCi } from '../../../../src/core/readiness/criteria/base-ci.ts';
import type {
  BaseCommit,
  ReadinessFacts,
  RequiredChecks,
  RunFacts,
} from '../../../../src/core/readiness/readiness-facts.ts';
import { known, type Reading, unknown } from '../../../../src/core/reading.ts';
import { pullRequestFacts, shaOf } from '../../build-facts.ts';
import { BASE_SHA, baseCommit, configured, required, run, viewOf, world } from '../build-world.ts';

const on = (runs: readonly RunFacts[], number = 900): BaseCommit =>
  baseCommit({ sha: shaOf(number), runs: known(runs) });

interface Asked {
  readonly readiness?: string;
  readonly requiredChecks?: RequiredChecks;
}

const judge = (commits: readonly BaseCommit[], { readiness = '{}', requiredChecks = required() }: Asked = {}) =>
  baseCi.judge(viewOf(world({ baseCommits: known(commits), requiredChecks }), configured(`readiness: ${readiness}`)));

const told = (commits: readonly BaseCommit[], asked?: Asked) =>
  judge(commits, asked).findings.map(({ kind, part, effect }) => `${effect} ${kind}: ${part}`);

describe('baseCi', () => {
  it('passes on a green commit', () => {
    expect(judge([on([run()])])).toEqual({
      applies: true,
      measured: { text: '1 of 1 passed', ratio: { num: 1, den: 1, value: 1 } },
      threshold: 'the newest commit passed',
      reason: 'the newest commit passed',
      findings: [],
    });
  });

  const rows: readonly [title: string, runs: readonly RunFacts[], findings: readonly string[]][] = [
    ['a failure', [run({ conclusion: 'failure' })], ['fails failed_check: test']],
    ['a timeout', [run({ conclusion: 'timed_out' })], ['fails failed_check: test']],
    ['a run that waits for somebody', [run({ conclusion: 'action_required' })], ['fails failed_check: test']],
    ['a cancelled run', [run({ conclusion: 'cancelled' })], ['fails cancelled_check: test']],
    ['a stale run', [run({ conclusion: 'stale' })], ['fails cancelled_check: test']],
    ['a run that goes on', [run({ conclusion: 'pending', completedAt: null })], ['unknown pending_check: test']],
    ['another check that was skipped', [run(), run({ name: 'deploy', conclusion: 'skipped' })], []],
    ['nothing but skipped checks', [run({ conclusion: 'skipped' })], ['fails check_never_ran: every check']],
    [
      'a failure, and a later run of the same workflow that skips it',
      [
        run({ conclusion: 'failure', completedAt: '2026-05-09T09:05:00Z' }),
        run({ conclusion: 'skipped' }),
        run({ name: 'lint' }),
      ],
      ['fails failed_check: test'],
    ],
    ['a neutral run', [run({ conclusion: 'neutral' })], []],
    ['a second attempt that passed', [run({ attempt: 2, earlier: ['failure'] })], ['informs flaky_check: test']],
    [
      'a second attempt that failed',
      [run({ attempt: 2, earlier: ['success'], conclusion: 'failure' })],
      ['fails failed_check: test'],
    ],
    ['its own run', [run(), run({ name: 'readiness', conclusion: 'pending', isOwn: true })], []],
    [
      'an earlier failure of the same check',
      [run({ conclusion: 'failure', completedAt: '2026-05-09T09:05:00Z' }), run()],
      [],
    ],
    [
      'a check of the same name in another workflow',
      [run(), run({ workflow: 'Nightly', conclusion: 'failure' })],
      ['fails failed_check: Nightly / test'],
    ],
  ];
  for (const [title, runs, findings] of rows) {
    it(`finds ${findings.join(', ') || 'nothing'} with ${title}`, () => expect(told([on(runs)])).toEqual(findings));
  }

  describe('with checks that GitHub requires', () => {
    const requiredChecks = required('test');

    it('takes their being skipped for no pass, and leaves the others aside', () => {
      expect(told([on([run({ conclusion: 'skipped' })])], { requiredChecks })).toEqual(['fails skipped_check: test']);
      expect(told([on([run(), run({ name: 'lint', conclusion: 'failure' })])], { requiredChecks })).toEqual([]);
    });

    it('misses one that ran on another commit', () => {
      expect(told([on([run({ name: 'lint' })]), on([run()], 899)], { requiredChecks })).toEqual([
        'fails check_never_ran: test',
      ]);
    });

    it('is unknown where one never ran on the base: whether it should, GitHub does not say', () => {
      const both = required('test', 'sea-trial');
      const { findings, reason } = judge([on([run()])], { requiredChecks: both });
      expect(findings).toMatchObject([
        {
          kind: 'check_never_seen',
          effect: 'unknown',
          why: 'GitHub requires sea-trial, and none of the newest commits of main has a run of it',
          action: { text: 'run sea-trial on main, or name under readiness.required_checks what has to pass there' },
        },
      ]);
      expect(reason).not.toContain('passed');
      expect(told([on([]), on([], 899)], { requiredChecks: both })).toEqual([
        'unknown check_never_seen: sea-trial',
        'unknown check_never_seen: test',
      ]);
      expect(told([on([run()])], { requiredChecks: both, readiness: '{ required_checks: ["test"] }' })).toEqual([]);
    });

    it('asks for none of its own', () => {
      const own = required('test', 'parasol/readiness', 'parasol/risk');
      expect(told([on([run()])], { requiredChecks: own })).toEqual([]);
      expect(judge([on([])], { requiredChecks: required('parasol/risk') }).applies).toBe(false);
    });

    it('is unknown where not all of them could be read, unless the configuration names them', () => {
      const gap = { cause: 'rate_limited', what: 'required checks of main in octo/harbor' } as const;
      const cut = { names: [], gaps: [gap, gap] };
      const unread = `unknown unread_required_checks: ${gap.what} `;
      expect(told([on([run()])], { requiredChecks: cut })).toEqual([unread]);
      expect(told([on([])], { requiredChecks: cut })).toEqual([unread]);
      expect(told([on([run()])], { requiredChecks: { ...cut, names: ['test'] } })).toEqual([unread]);
      expect(told([on([run()])], { requiredChecks: cut, readiness: '{ required_checks: ["test"] }' })).toEqual([]);
    });
  });

  it('is not judged where the configuration names no check, whatever ran', () => {
    const readiness = '{ required_checks: [] }';
    expect(judge([on([run({ conclusion: 'failure' })])], { readiness, requiredChecks: required('test') })).toEqual({
      ...{ applies: false, measured: null, threshold: null, findings: [] },
      reason: 'readiness.required_checks names no check',
    });
  });

  it('asks nothing of the very run that makes the report, also where its check is required', () => {
    const own = { name: 'readiness', conclusion: 'failure', isOwn: true } as const;
    const earlier = on([run({ name: 'readiness' })], 899);
    const requiredChecks = required('test', 'readiness');
    expect(told([on([run(), run(own)]), earlier], { requiredChecks })).toEqual([]);
    expect(told([on([run(), run(own)])], { readiness: '{ required_checks: ["test", "readiness"] }' })).toEqual([]);
    expect(judge([on([run(own)])], { readiness: '{ required_checks: ["readiness"] }' }).applies).toBe(false);
    expect(judge([on([run(own)])]).applies).toBe(false);
    expect(told([on([run(own)]), on([run()], 899)])).toEqual(['fails check_never_ran: every check']);
  });

  describe('with an earlier run of the job that makes the report', () => {
    const asking = run({ name: 'readiness', workflow: 'Readiness', conclusion: 'pending', isOwn: true });
    const earlier = run({ name: 'readiness', workflow: 'Readiness', conclusion: 'failure' });

    it('takes what it said before for no reason', () => {
      expect(told([on([run(), earlier, asking])])).toEqual([]);
      expect(judge([on([asking]), on([earlier], 899)]).applies).toBe(false);
      expect(
        told([on([run(), asking]), on([earlier], 899), on([run()], 898)], { readiness: '{ base_green_runs: 2 }' }),
      ).toEqual([]);
    });

    it('counts what may be another job', () => {
      const failed = ['fails failed_check: readiness'];
      expect(told([on([run(), run({ ...earlier, workflow: 'CI' }), asking])])).toEqual(failed);
      const other = run({ ...asking, name: 'lint' });
      expect(told([on([run(), earlier, asking, other])])).toEqual(failed);
    });
  });

  it('judges the configured checks alone, each of which has to run', () => {
    const runs = [run({ name: 'ci/test' }), run({ name: 'lint', conclusion: 'failure' })];
    expect(told([on(runs)], { readiness: '{ required_checks: ["ci/*"] }' })).toEqual([]);
    expect(told([on(runs)], { readiness: '{ required_checks: ["ci/*", "e2e"] }' })).toEqual([
      'fails check_never_ran: e2e',
    ]);
    expect(told([on([])], { readiness: '{ required_checks: ["e2e"] }' })).toEqual(['fails check_never_ran: e2e']);
  });

  it('asks for as many commits in succession as configured, passing over older ones on which nothing ran', () => {
    const asked = { readiness: '{ base_green_runs: 2 }' };
    expect(told([on([run()]), on([], 899), on([run()], 898)], asked)).toEqual([]);
    expect(told([on([run()]), on([run({ conclusion: 'failure' })], 899), on([run()], 898)], asked)).toEqual([
      'fails failed_check: test',
    ]);
    expect(told([on([run()]), on([], 899)], asked)).toEqual(['fails too_few_runs: undefined']);
    const cut = { ...on([], 899), hasParent: true };
    expect(told([on([run()]), cut], asked)).toEqual(['unknown too_few_runs: undefined']);
    expect(told([on([]), on([run()], 899)])).toEqual(['fails check_never_ran: every check']);
  });

  it('says in words that nothing ran on the newest commit', () => {
    const { findings } = judge([on([]), on([run()], 899)]);
    expect(findings.map(({ why, action }) => [why, action.text])).toEqual([
      [expect.stringMatching(/^no check ran on main at /), expect.stringMatching(/^run the checks on main at /)],
    ]);
  });

  describe('where nothing ever ran on the base', () => {
    const bare = known([on([]), on([], 899)]);
    const judgeWith = (further: Pick<ReadinessFacts, 'mainCommits' | 'headRuns'>) =>
      baseCi.judge(viewOf(world({ baseCommits: bare, ...further })));
    const onMain = (commits: Reading<readonly BaseCommit[]>) => judgeWith({ mainCommits: { branch: 'main', commits } });

    it('does not apply where nothing runs anywhere', () => {
      expect(judgeWith({})).toMatchObject({ applies: false, findings: [] });
      expect(onMain(known([on([], 800)]))).toMatchObject({ applies: false });
      const asking = run({ name: 'readiness', conclusion: 'pending', isOwn: true });
      const earlier = run({ name: 'readiness' });
      expect(onMain(known([on([asking], 800), on([earlier], 799)]))).toMatchObject({ applies: false });
    });

    it('is unknown where checks run on the default branch or on pull requests', () => {
      const told = { applies: true, measured: { text: '0 of 1 passed' } };
      const finding = { kind: 'unchecked_base', effect: 'unknown', actor: { name: 'a maintainer of octo/harbor' } };
      expect(onMain(known([on([run()], 800)]))).toMatchObject({ ...told, findings: [finding] });
      const headRuns = known(new Map([[shaOf(7), [run()]]]));
      expect(judgeWith({ headRuns })).toMatchObject({
        ...told,
        findings: [
          { ...finding, why: 'no check ran on the newest commits of main, while checks run on pull requests' },
        ],
      });
    });

    it('is unknown where nobody could look at the default branch', () => {
      const gap = { cause: 'forbidden', what: 'checks of octo/harbor', permission: 'checks: read' } as const;
      expect(onMain(unknown(gap)).findings).toMatchObject([{ kind: 'unread_main', effect: 'unknown' }]);
      const part = known([baseCommit({ runs: unknown(gap) })]);
      expect(onMain(part).findings).toMatchObject([{ kind: 'unread_main', effect: 'unknown' }]);
    });
  });

  it('is unknown where commits or runs could not be read, and where there is no commit', () => {
    const gap = { cause: 'forbidden', what: 'checks of octo/harbor', permission: 'checks: read' } as const;
    const unread = baseCi.judge(viewOf(world({ baseCommits: unknown(gap) })));
    expect(unread.findings).toMatchObject([{ kind: 'unread_base', effect: 'unknown' }]);
    expect(told([baseCommit({ runs: unknown(gap) })])).toEqual([
      'unknown unread_runs: checks of octo/harbor checks: read',
    ]);
    expect(told([])).toEqual(['unknown too_few_runs: undefined']);
  });

  it('asks whoever wrote the merged pull request to mend the base, with the command that runs it again', () => {
    const facts = world({
      pullRequests: [pullRequestFacts({ mergedAt: '2026-05-09T09:00:00Z', mergeCommitSha: BASE_SHA })],
      baseCommits: known([on([run({ conclusion: 'failure' })])]),
    });
    const url = 'https://github.com/octo/harbor/actions/runs/77/job/1';
    expect(baseCi.judge(viewOf(facts)).findings).toEqual([
      {
        kind: 'failed_check',
        part: 'test',
        effect: 'fails',
        item: { ref: 'octo/harbor@0000384', kind: 'commit', title: 'Raise the quay', url: baseCommit().url },
        names: [],
        since: '2026-05-09T09:10:00Z',
        why: 'test failed on main at 0000384',
        actor: { name: 'ravi', kind: 'person' },
        action: {
          text: 'fix test on main at 0000384',
          command: 'gh run rerun 77 --repo=octo/harbor --failed',
          url,
        },
        evidence: [{ text: 'test: failure', url, sha: BASE_SHA }],
      },
    ]);
  });

  it.each(['dependabot[bot]', 'dependabot', 'renovate[bot]', null])(
    'asks a maintainer after an update by %s',
    (author) => {
      const facts = world({
        pullRequests: [pullRequestFacts({ mergedAt: '2026-05-09T09:00:00Z', mergeCommitSha: BASE_SHA, author })],
        baseCommits: known([on([run({ conclusion: 'failure' })])]),
      });
      const [finding] = baseCi.judge(viewOf(facts)).findings;
      expect(finding?.actor).toEqual({ name: 'a maintainer of octo/harbor', kind: 'role' });
    },
  );
});
