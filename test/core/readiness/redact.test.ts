import { describe, expect, it } from 'vitest';
import { redactCoverage, redactCriterion, redactFindings } from '../../../src/core/readiness/redact.ts';
import { reportItems } from '../../../src/core/readiness/report-items.ts';
import { known } from '../../../src/core/reading.ts';
import { audienceOfRepository } from '../../../src/core/umbrella/audience.ts';
import { blockerFacts, NOW, pullRequestFacts, ref, taskFacts } from '../build-facts.ts';
import { reportFor, viewOf, waiver, world } from './build-world.ts';
import { draft, standing } from './draft-finding.ts';

const AT = '2026-05-04T09:00:00Z';
const hidden = (number: number) => ({ ref: ref(number, 'octo/vault'), visibility: 'private' as const });
const audience = audienceOfRepository(
  world({ tasks: [taskFacts(), taskFacts(hidden(9))] }).work,
  { owner: 'octo', repo: 'harbor' },
  'umbrella_readers',
);
const readers = {
  audience,
  nowMs: Date.parse(NOW),
  waivers: { waivers: [], ids: new Map([['w', 'waiver-private-1']]) },
};

describe('redactFindings', () => {
  const rows: readonly [title: string, Partial<ReturnType<typeof standing>>][] = [
    ['its item', { item: { ref: 'octo/vault#9', kind: 'task', title: 'Combination', url: '' } }],
    ['a name that it gives', { names: [ref(9, 'octo/vault')] }],
    ['its reason', { why: 'waits for Octo/Vault#9' }],
    ['its action', { action: { text: 'merge', command: null, url: 'https://github.com/octo/vault/pull/9' } }],
    ['its command', { action: { text: 'merge', command: 'gh pr view octo/vault#9', url: null } }],
    ['its evidence', { evidence: [{ text: 'commit octo/vault@1a2b3c4', url: null }] }],
    ['what could not be read', { effect: 'fails', why: 'it is unknown: could not read issues of octo/vault' }],
    ['a repository about which nothing is known', { why: 'waits for octo/elsewhere#1' }],
  ];
  for (const [title, input] of rows) {
    it(`only counts a finding that tells of something private by ${title}`, () => {
      const { findings, ids } = redactFindings([{ ...standing(input), unblocks: [ref(3)] }], readers);
      expect(ids).toEqual(new Map([['f1', 'private-completion-fails']]));
      expect(findings).toEqual([
        {
          id: 'private-completion-fails',
          criterion: 'completion',
          kind: 'private',
          effect: 'fails',
          item: null,
          lane: null,
          since: null,
          age_seconds: null,
          excused_seconds: 0,
          why: '1 private finding in the way',
          actor: { name: 'somebody who may see it', kind: 'role' },
          action: {
            text: 'make this report for yourself, with access to the private repositories',
            command: null,
            url: null,
          },
          unblocks: [],
          evidence: [],
          waived_by: null,
        },
      ]);
    });
  }

  it('shows the others as they are, with their age, and counts what may not be named among what waits', () => {
    const since = '2026-05-10T11:00:00Z';
    const unblocks = [ref(3), ref(9, 'octo/vault'), ref(10, 'octo/vault')];
    const evidence = [{ text: 'src/quay.ts says so', url: 'https://ci.example/octo/vault/7' }];
    const finding = { ...standing({ since, excusedSeconds: 60, lane: 'api', evidence }), unblocks };
    expect(redactFindings([finding], readers).findings).toEqual([
      {
        id: 'f1',
        criterion: 'completion',
        kind: 'open_task',
        effect: 'fails',
        item: draft().item,
        lane: 'api',
        since,
        age_seconds: 3_600,
        excused_seconds: 60,
        why: 'it is in progress',
        actor: { name: 'kim', kind: 'person' },
        action: draft().action,
        unblocks: ['octo/harbor#3', '2 private tasks'],
        evidence,
        waived_by: null,
      },
    ]);
  });

  it('makes one of all that are private, by criterion and effect, in the place of the first', () => {
    const names = [ref(9, 'octo/vault')];
    const findings = [
      standing({ id: 'a', names }),
      standing({ id: 'b' }),
      standing({ id: 'c', names }),
      standing({ id: 'd', names, effect: 'unknown' }),
      standing({ id: 'e', names, waivedBy: 'w' }),
    ].map((one) => ({ ...one, unblocks: [] }));
    expect(redactFindings(findings, readers).findings.map(({ id, why, waived_by: by }) => [id, why, by])).toEqual([
      ['private-completion-fails', '2 private findings in the way', null],
      ['b', 'it is in progress', null],
      ['private-completion-unknown', '1 private finding that nobody could judge', null],
      ['private-completion-waived', '1 private finding in the way', 'waiver-private-1'],
    ]);
  });
});

describe('the other parts', () => {
  it('leave out private items, and private pull requests of the others', () => {
    const facts = world({
      tasks: [
        taskFacts({ number: 2, closingPullRequests: known([ref(41), ref(9, 'octo/vault')]) }),
        taskFacts(hidden(3)),
      ],
      pullRequests: [pullRequestFacts(), pullRequestFacts(hidden(9))],
    });
    const { items, total } = reportItems(viewOf(facts), { audience });
    expect(total).toBe(2);
    expect(reportItems(viewOf(facts), { audience, atMost: 1 })).toEqual({ items: items.slice(0, 1), total });
    expect(items.map((item) => [item.ref, item.pull_requests])).toEqual([
      ['octo/harbor#2', ['octo/harbor#41']],
      ['octo/harbor#41', []],
    ]);
  });

  it('hold criteria and coverage to naming nothing private', () => {
    const result = {
      id: 'completion',
      title: 'Completion',
      weight: 'blocking',
      outcome: 'fail',
      measured: null,
      threshold: 'all',
    } as const;
    expect(redactCriterion({ ...result, reason: 'octo/vault#9 is open' }, audience)).toEqual({
      ...result,
      threshold: null,
      reason: 'something private decides',
    });
    expect(redactCriterion({ ...result, reason: '1 open task' }, audience).reason).toBe('1 open task');
    const source = {
      source: 'checks',
      state: 'denied',
      missing: 'checks of octo/vault',
      permission: 'checks: read',
    } as const;
    expect(redactCoverage([source], audience)).toEqual([{ ...source, missing: 'something in a private repository' }]);
  });
});

describe('a report for the readers of a repository', () => {
  const secret = taskFacts({ ...hidden(9), title: 'Combination of the safe', closedAt: AT, assignees: ['tomas'] });
  const change = pullRequestFacts({ ...hidden(10), title: 'Turn the dial', author: 'tomas', mergeable: 'conflicting' });
  const facts = world({
    tasks: [
      taskFacts({ number: 2, blockers: known([blockerFacts(9, { ...hidden(9), title: secret.title })]) }),
      secret,
    ],
    pullRequests: [change, pullRequestFacts({ mergedAt: AT })],
    waivers: known([
      waiver({
        item: ref(9, 'octo/vault'),
        by: 'tomas',
        reason: 'the safe is shut',
        url: `${secret.url}#issuecomment-1`,
      }),
    ]),
    coverage: [{ source: 'tasks', state: 'denied', missing: 'issues of octo/vault', permission: null }],
  });

  it('tells nothing of what is private but how much there is, and judges it all the same', () => {
    const report = reportFor(facts, { audience: 'umbrella_readers' });
    expect(JSON.stringify(report)).not.toMatch(/vault|safe|dial|tomas/i);
    expect(report.metrics.private_items).toBe(2);
    expect(report.verdict.decision).toBe(reportFor(facts).verdict.decision);
    expect(report.waivers).toMatchObject([{ id: 'waiver-private-1', by: 'somebody', item: null, state: 'active' }]);
  });

  it('has all of it for the viewer', () => {
    const told = JSON.stringify(reportFor(facts));
    for (const word of ['octo/vault#9', 'Combination of the safe', 'Turn the dial', 'tomas', 'the safe is shut']) {
      expect(told).toContain(word);
    }
  });

  it('is for those of the umbrella where there is one', () => {
    const inside = { ...facts, scope: { ...facts.scope, umbrella: ref(1, 'octo/vault') } };
    expect(JSON.stringify(reportFor(inside, { audience: 'umbrella_readers' }))).toContain('Combination of the safe');
  });
});
