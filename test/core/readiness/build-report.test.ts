import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadinessFacts } from '../../../src/core/readiness/readiness-facts.ts';
import { CRITERION_IDS, type ReadinessReport, reportSchema } from '../../../src/core/readiness/report-schema.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import type { PullRequestFacts } from '../../../src/core/task/facts.ts';
import { refKey } from '../../../src/core/task/identity.ts';
import type { WorkSnapshot } from '../../../src/core/umbrella/snapshot.ts';
import { closedBy, pullRequestFacts, ref, shaOf, taskFacts } from '../build-facts.ts';
import { baseCommit, configured, reportFor, required, run, waiver, world } from './build-world.ts';
import { randomWaiver, randomWorld, withSecrets } from './random-world.ts';

const AT = '2026-05-04T09:00:00Z';
const READY = {
  tasks: [taskFacts({ number: 2, closedAt: AT, ...closedBy(41) })],
  pullRequests: [pullRequestFacts({ mergedAt: AT })],
};

describe('buildReport', () => {
  it('is go where nothing is in the way', () => {
    expect(reportFor(world(READY)).verdict).toMatchObject({
      decision: 'go',
      blocking: [],
      unknown: [],
      conditions: [],
      smallest_fix: null,
      expires_at: '2026-05-11T12:00:00Z',
    });
  });

  it('is no_go with what has to go for it to become go', () => {
    const report = reportFor(world({ ...READY, tasks: [...READY.tasks, taskFacts({ number: 3, closedAt: AT })] }));
    expect(report.verdict).toMatchObject({
      decision: 'no_go',
      headline: 'No-go: Scope integrity (1)',
      blocking: ['scope_integrity'],
      smallest_fix: {
        text: '1 finding has to go: reopen octo/harbor#3, or link the pull request that did it',
        findings: [report.findings[0]?.id],
      },
    });
  });

  it('is unknown over nothing, and knows no fix for that', () => {
    expect(reportFor(world()).verdict).toMatchObject({
      decision: 'unknown',
      headline: 'Unknown: no task is in the milestone Harbor 3.1',
      smallest_fix: null,
    });
  });

  it.each([
    [{ kind: 'label', selector: 'label:nope' }, 'no task carries the label nope'],
    [{ kind: 'phase', selector: 'phase:P99' }, 'no task has the phase P99'],
    [{ kind: 'umbrella', selector: 'umbrella:octo/harbor#1' }, 'the umbrella has no tasks'],
    [{ kind: 'query', selector: 'query:is:open label:bug' }, 'no task is found by is:open label:bug'],
    [{ kind: 'since', selector: 'since:v3.0', title: 'merged since v3.0' }, 'nothing was merged since v3.0'],
    [{ kind: 'branch', selector: 'branch:r/3', title: 'merged into r/3' }, 'nothing was merged into r/3'],
  ] as const)('says of an empty scope %j what it is that nothing is', (scope, words) => {
    expect(reportFor(world({ scope })).verdict.headline).toBe(`Unknown: ${words}`);
  });

  it('is unknown where the configuration leaves nothing that could turn it', () => {
    const criteria = (weight: string) => CRITERION_IDS.map((id) => `${id}: ${weight}`).join(', ');
    const verdicts = ['off', 'informing'].map((weight) => {
      const config = configured(`readiness: { criteria: { ${criteria(weight)} } }`);
      return reportFor(world(READY), { config }).verdict;
    });
    expect(verdicts.map(({ decision }) => decision)).toEqual(['unknown', 'unknown']);
    expect(verdicts.map(({ headline }) => headline.split(';')[0])).toEqual([
      'Unknown: no criterion is judged',
      'Unknown: no criterion that is judged blocks',
    ]);
  });

  it('is no_go for a release branch that nothing was merged into yet and that lacks a backport', () => {
    const { title, author, mergeCommitSha } = pullRequestFacts({ mergedAt: AT });
    const marked = { ref: ref(41), url: '', mergedAt: AT, mergedBy: 'kim', label: 'backport 3.1' };
    const wanted = [{ ...marked, title, author, mergeCommitSha }];
    const fix = { ref: ref(41), sha: mergeCommitSha, subject: title, left: [shaOf(41)] };
    const lacks = { ...fix, state: 'missing', picked: 0, commits: 1, isMerge: false, revertedBy: null } as const;
    const branch = 'release/3.1';
    const facts = world({
      scope: { kind: 'branch', selector: `branch:${branch}`, title: `merged into ${branch}`, baseBranch: branch },
      wantedBackports: { main: null, branches: [{ name: branch, sha: shaOf(31), wanted }], gaps: [] },
      backports: new Map([[branch, known([lacks])]]),
    });
    const { verdict } = reportFor(facts, { config: configured('readiness: { criteria: { backports: blocking } }') });
    expect(verdict).toMatchObject({
      decision: 'no_go',
      headline: 'No-go: Backports (1); nothing was merged into release/3.1',
      blocking: ['backports'],
      smallest_fix: { text: expect.stringMatching(/^1 finding has to go: bring octo\/harbor#41 to release\/3\.1/) },
    });
  });

  describe('with reverts on several branches', () => {
    const release = { baseRefName: 'release/3.1', isDefaultBase: false };
    const pull = (number: number, day: number, input: Parameters<typeof pullRequestFacts>[0] = {}) =>
      pullRequestFacts({ number, mergedAt: `2026-05-0${day}T09:00:00Z`, ...input });
    const verdictFor = (baseBranch: string, own: readonly PullRequestFacts[], reverting: PullRequestFacts) => {
      const task = taskFacts({ number: 2, closedAt: AT, ...closedBy(...own.map(({ ref: { number } }) => number)) });
      const facts = world({ tasks: [task], pullRequests: own, outside: [reverting], scope: { baseBranch } });
      return reportFor(facts).verdict;
    };
    const own = [pull(41, 3), pull(42, 5, release)];

    it('takes no merge into another branch for the way back to the base', () => {
      const onMain = pull(44, 4, { body: 'Reverts #41' });
      expect(verdictFor('main', own, onMain)).toMatchObject({
        decision: 'no_go',
        blocking: ['completion', 'integration_outcomes'],
      });
      expect(verdictFor('release/3.1', own, onMain).decision).toBe('go');
    });

    it('takes no revert on another branch for a loss of the base', () => {
      const onRelease = pull(44, 6, { body: 'Reverts #42', ...release });
      expect(verdictFor('main', own, onRelease).decision).toBe('go');
      expect(verdictFor('release/3.1', own, onRelease)).toMatchObject({ decision: 'no_go' });
    });
  });

  it('says of a scope of dropped tasks that they were dropped', () => {
    const dropped = taskFacts({ number: 3, closedAt: AT, stateReason: 'not_planned' });
    expect(reportFor(world({ tasks: [dropped] })).verdict.headline).toBe(
      'Unknown: everything in the scope was dropped',
    );
  });

  it('is unknown with the permission named where the base could not be read', () => {
    const gap = { cause: 'forbidden', what: 'checks of octo/harbor', permission: 'checks: read' } as const;
    const report = reportFor(world({ ...READY, baseCommits: unknown(gap) }));
    expect(report.verdict).toMatchObject({
      decision: 'unknown',
      unknown: ['base_ci'],
      smallest_fix: { text: '1 finding has to go: let Parasol read checks of octo/harbor (checks: read)' },
    });
  });

  it('is go under a waiver until that ends', () => {
    const red = known([baseCommit({ runs: known([run({ conclusion: 'failure' })]) })]);
    const waivers = known([waiver({ item: null, criterion: 'base_ci', until: '2026-05-11T00:00:00Z' })]);
    const facts = world({ ...READY, baseCommits: red, waivers });
    expect(reportFor(facts).verdict).toMatchObject({
      decision: 'go',
      conditions: ['Base CI waived by lena until 2026-05-11T00:00:00Z: ships with the next one'],
      expires_at: '2026-05-11T00:00:00Z',
    });
    expect(reportFor({ ...facts, now: '2026-05-11T00:00:00Z' }).verdict.decision).toBe('no_go');
  });

  it('says by what it judged where the configuration, which says what blocks, could not be read', () => {
    const gap = { cause: 'forbidden', what: 'the configuration of octo/harbor', about: 'configuration' } as const;
    const open = taskFacts({ number: 3 });
    const told = (work: Partial<WorkSnapshot>) => {
      const { decision, headline, conditions } = reportFor(world({ ...READY, tasks: [open], work })).verdict;
      return [decision, headline.split(':')[0], conditions.some((one) => one.startsWith('judged by '))];
    };
    expect(told({})).toEqual(['no_go', 'No-go', false]);
    expect(told({ gaps: [gap] })).toEqual(['no_go', 'No-go by the defaults', true]);
    expect(told({ gaps: [gap], ownerConfigText: 'version: 1' })).toEqual([
      'no_go',
      'No-go by as much of the configuration as could be read',
      true,
    ]);
    expect(told({ gaps: [{ ...gap, cause: 'invalid' }] })).toEqual(['no_go', 'No-go', false]);
  });

  it('lists as not judged what nothing asks for, gates and freeze among it', () => {
    const listed = (text: string) => reportFor(world(READY), { config: configured(text) }).verdict.not_judged;
    expect(listed('version: 1').slice(-3)).toEqual(['artifacts', 'gates', 'freeze']);
    expect(listed('version: 1\nreadiness: { freeze: 2026-05-01 }').slice(-2)).toEqual(['artifacts', 'gates']);
  });

  it('changes the hash of the scope with its items, and that of the policy with the configuration', () => {
    const hashes = (facts: ReadinessFacts, text = 'version: 1') => {
      const { scope, policy } = reportFor(facts, { config: configured(text) });
      return [scope.hash, policy.hash];
    };
    const [scope, policy] = hashes(world(READY));
    expect(hashes(world({ ...READY, tasks: [] }))).toEqual([expect.not.stringMatching(`^${scope}$`), policy]);
    expect(hashes(world(READY), 'readiness: { valid_for: 2d }')).toEqual([
      scope,
      expect.not.stringMatching(`^${policy}$`),
    ]);
    expect(hashes(world(READY), 'risk: { mode: comment }')).toEqual([scope, policy]);
  });

  it("cuts long lists and says so, what is in nobody's way first", () => {
    const tasks = Array.from({ length: 1_200 }, (_, i) => taskFacts({ number: 100 + i, closedAt: AT }));
    const pullRequests = Array.from({ length: 30 }, (_, i) => pullRequestFacts({ number: 5_000 + i, closedAt: AT }));
    const report = reportFor(world({ tasks, pullRequests }));
    expect(report.truncation).toEqual([
      { list: 'findings', shown: 1_000, total: 1_230 },
      { list: 'verdict.smallest_fix.findings', shown: 1_000, total: 1_200 },
    ]);
    expect(new Set(report.findings.map(({ kind }) => kind))).toEqual(new Set(['closed_without_merge']));
    expect(report.metrics.outcomes.abandoned).toBe(30);
  });
});

const RANK = { go: 0, unknown: 1, no_go: 2 } as const;
const rankOf = (report: ReadinessReport): number => RANK[report.verdict.decision];

describe('every report', () => {
  it('is of its schema, and gives its bytes again for the same facts in any order', () => {
    fc.assert(
      fc.property(randomWorld, fc.infiniteStream(fc.nat()), (facts, chances) => {
        const report = reportFor(facts);
        // Some surfaces give what the schema makes of it: the keys have its order everywhere.
        expect(JSON.stringify(reportSchema.parse(report))).toBe(JSON.stringify(report));
        expect(JSON.stringify(reportFor(permuted(facts, chances)))).toBe(JSON.stringify(report));
      }),
    );
  });

  it('names an actor and an action for everything that is in the way, each under a name of its own', () => {
    fc.assert(
      fc.property(randomWorld, (facts) => {
        const { findings, verdict } = reportFor(facts);
        const idle = findings.filter(({ actor, action, why }) => [actor.name, action.text, why].includes(''));
        expect(idle).toEqual([]);
        const ids = findings.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining([...(verdict.smallest_fix?.findings ?? [])]));
      }),
    );
  });

  it('never gets better by one more thing in the way', () => {
    fc.assert(
      fc.property(randomWorld, fc.nat(2), (facts, which) => {
        expect(rankOf(reportFor(worsened(facts, which)))).toBeGreaterThanOrEqual(rankOf(reportFor(facts)));
      }),
    );
  });

  it('never knows more by a waiver', () => {
    fc.assert(
      fc.property(randomWorld, randomWaiver, (facts, one) => {
        const without = reportFor({ ...facts, waivers: known([]) });
        const waived = reportFor({ ...facts, waivers: known([one]) });
        const isUnknown = new Set(without.findings.filter(({ effect }) => effect === 'unknown').map(({ id }) => id));
        const still = waived.findings.filter(({ id, waived_by: by }) => isUnknown.has(id) && by === null);
        expect(still).toHaveLength(isUnknown.size);
        for (const id of without.verdict.unknown) expect(waived.verdict.unknown).toContain(id);
        if (without.verdict.decision === 'unknown') expect(waived.verdict.decision).toBe('unknown');
      }),
    );
  });

  it('tells its readers nothing of what is private, and decides as for those who see it', () => {
    const state = fc.record({
      mergeable: fc.constantFrom('mergeable' as const, 'conflicting' as const),
      mergedAt: fc.constantFrom(null, AT),
    });
    fc.assert(
      fc.property(randomWorld, state, (facts, change) => {
        const secret = withSecrets(facts, change);
        const report = reportFor(secret, { audience: 'umbrella_readers', previous: reportFor(secret) });
        expect(JSON.stringify(report)).not.toMatch(/vault/i);
        expect(report.verdict.decision).toBe(reportFor(secret).verdict.decision);
        expect(report.metrics.private_items).toBe(3);
      }),
    );
  });
});

/** In another order: maps, sets and lists of GitHub's, but for children and commits, whose order means something. */
function permuted(facts: ReadinessFacts, chances: Iterable<number>): ReadinessFacts {
  const next = chances[Symbol.iterator]();
  const shuffle = <Item>(items: Iterable<Item>): readonly Item[] =>
    [...items]
      .map((item) => ({ item, at: next.next().value ?? 0 }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  const { work, waivers, baseCommits } = facts;
  return {
    ...facts,
    work: { ...work, tasks: new Map(shuffle(work.tasks)), pullRequests: new Map(shuffle(work.pullRequests)) },
    tasks: new Set(shuffle(facts.tasks)),
    pullRequests: new Set(shuffle(facts.pullRequests)),
    scopedAt: new Map(shuffle(facts.scopedAt)),
    waivers: waivers.known ? known(shuffle(waivers.value)) : waivers,
    baseCommits: baseCommits.known
      ? known(
          baseCommits.value.map((one) => ({
            ...one,
            runs: one.runs.known ? known(shuffle(one.runs.value)) : one.runs,
          })),
        )
      : baseCommits,
  };
}

/** With a task closed without a merge, a pull request in conflict that nobody owns, or a newest commit that failed. */
function worsened(facts: ReadinessFacts, which: number): ReadinessFacts {
  const { work } = facts;
  if (which === 0) {
    const task = taskFacts({ number: 900, closedAt: AT });
    const key = refKey(task.ref);
    return {
      ...facts,
      work: { ...work, tasks: new Map([...work.tasks, [key, task]]) },
      tasks: new Set([...facts.tasks, key]),
    };
  }
  if (which === 1) {
    const pullRequest = pullRequestFacts({ ref: ref(901), mergeable: 'conflicting' });
    const key = refKey(pullRequest.ref);
    const pullRequests = new Map([...work.pullRequests, [key, pullRequest]]);
    return { ...facts, work: { ...work, pullRequests }, pullRequests: new Set([...facts.pullRequests, key]) };
  }
  const [newest = baseCommit(), ...older] = facts.baseCommits.known ? facts.baseCommits.value : [];
  const failed = run({ name: 'e2e', conclusion: 'failure' });
  const runs = known([...(newest.runs.known ? newest.runs.value : []), failed]);
  const { names } = facts.requiredChecks;
  const requiredChecks = names.length === 0 ? facts.requiredChecks : required(...names, 'e2e');
  return { ...facts, requiredChecks, baseCommits: known([{ ...newest, runs }, ...older]) };
}
