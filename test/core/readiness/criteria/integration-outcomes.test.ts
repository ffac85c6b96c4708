import { describe, expect, it } from 'vitest';
import { integrationOutcomes } from '../../../../src/core/readiness/criteria/integration-outcomes.ts';
import { known, unknown } from '../../../../src/core/reading.ts';
import { closedBy, pullRequestFacts, ref, taskFacts } from '../../build-facts.ts';
import { run, viewOf, world } from '../build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const RED = { state: 'failure', total: 1, unfinished: [{ name: 'test', outcome: 'failure', url: null }] } as const;
const MERGED = pullRequestFacts({ mergedAt: AT });
const REVERT = pullRequestFacts({ number: 42, mergedAt: '2026-05-05T09:00:00Z', body: 'Reverts #41', author: 'noor' });

const judge = (input: Parameters<typeof world>[0]) => integrationOutcomes.judge(viewOf(world(input)));

const told = (input: Parameters<typeof world>[0]) =>
  judge(input).findings.map(({ kind, effect, actor, action }) => [
    kind,
    effect,
    actor.name,
    action.text,
    action.command,
  ]);

describe('integrationOutcomes', () => {
  it('has a task that needs it bring back what was reverted', () => {
    const task = taskFacts({ number: 2, assignees: ['kim'], ...closedBy(41) });
    expect(judge({ tasks: [task], pullRequests: [MERGED, REVERT] })).toEqual({
      applies: true,
      measured: { text: '1 of 2 pull requests are merged and still in', ratio: { num: 1, den: 2, value: 0.5 } },
      threshold:
        'none reverted, lost, merged elsewhere, failing its checks, in conflict, or open without a task or beside a finished one',
      reason: '1 reverted',
      findings: [
        {
          kind: 'reverted',
          effect: 'fails',
          item: { ref: 'octo/harbor#41', kind: 'pull_request', title: 'Change 41', url: MERGED.url },
          names: [ref(41), ref(2)],
          since: '2026-05-05T09:00:00Z',
          why: 'it was reverted, and octo/harbor#2 needs it',
          actor: { name: 'kim', kind: 'person' },
          action: {
            text: 'bring octo/harbor#41 back, or close octo/harbor#2 as not planned',
            command: null,
            url: MERGED.url,
          },
          evidence: [{ text: 'octo/harbor#42: Reverts #41', url: REVERT.url }],
        },
      ],
    });
  });

  it('tells of an open pull request that would take work of the scope out again', () => {
    const revert = { number: 42, body: 'Reverts #41', author: 'noor' };
    const one = pullRequestFacts(revert);
    const finding = [
      'open_revert',
      'informs',
      'noor',
      'decide on octo/harbor#42 before this ships: merge it, or close it',
      'gh pr view 42 --repo=octo/harbor',
    ];
    expect(told({ pullRequests: [MERGED], outside: [one] })).toEqual([finding]);
    expect(told({ pullRequests: [MERGED], outside: [pullRequestFacts({ ...revert, baseRefName: 'next' })] })).toEqual(
      [],
    );
    expect(told({ pullRequests: [MERGED], outside: [pullRequestFacts({ ...revert, closedAt: AT })] })).toEqual([]);
    const out = pullRequestFacts({ ...revert, number: 43, mergedAt: '2026-05-05T09:00:00Z' });
    expect(told({ pullRequests: [MERGED], outside: [one, out] }).map(([kind]) => kind)).toEqual(['reverted']);
  });

  it('only tells of what a clone finds gone from the base, where another criterion judges it', () => {
    const presences = known(new Map([['octo/harbor#41', { state: 'missing' }]] as const));
    expect(judge({ pullRequests: [MERGED], presences })).toMatchObject({
      measured: { text: '0 of 1 pull requests are merged and still in' },
      reason: '1 gone from the base, as is told there',
      findings: [{ kind: 'lost', effect: 'informs', why: 'it is gone from its base' }],
    });
  });

  it('does not apply where the scope holds no pull request', () => {
    expect(judge({})).toEqual({
      applies: false,
      ...{ measured: null, threshold: null, findings: [] },
      reason: 'the scope holds no pull request',
    });
  });

  it('only tells of a revert that no task of the scope minds', () => {
    const dropped = taskFacts({ number: 2, closedAt: AT, stateReason: 'not_planned', ...closedBy(41) });
    const text = 'look whether octo/harbor#41 was meant to be left out';
    const finding = ['reverted', 'informs', 'ravi', text, null];
    expect(told({ pullRequests: [MERGED, REVERT] })).toEqual([finding]);
    expect(told({ tasks: [dropped], pullRequests: [MERGED, REVERT] })).toEqual([finding]);
  });

  it('asks authors to mend what fails or conflicts, and to merge what belongs to no task', () => {
    const pullRequests = [
      pullRequestFacts({ number: 51, checks: known(RED) }),
      pullRequestFacts({ number: 52, mergeable: 'conflicting', author: null }),
      pullRequestFacts({ number: 53 }),
      pullRequestFacts({ number: 54, isDraft: true }),
      pullRequestFacts({ number: 55, closedAt: AT }),
    ];
    const [at, out] = ['--repo=octo/harbor', 'take it out of the scope'];
    expect(told({ pullRequests })).toEqual([
      ['failed_ci', 'fails', 'ravi', 'fix the checks of octo/harbor#51', `gh pr checks 51 ${at}`],
      [
        'conflicted',
        'fails',
        'a maintainer of octo/harbor',
        'resolve the conflicts of octo/harbor#52',
        `gh pr checkout 52 ${at}`,
      ],
      ['open_pull_request', 'fails', 'ravi', `merge octo/harbor#53 into main, or ${out}`, `gh pr merge 53 ${at}`],
      ['open_pull_request', 'fails', 'ravi', `merge octo/harbor#54 into main, or ${out}`, `gh pr ready 54 ${at}`],
      ['abandoned', 'informs', 'ravi', `reopen octo/harbor#55, or ${out}`, `gh pr reopen 55 ${at}`],
    ]);
  });

  it('leaves to a task of the scope what its pull request still needs', () => {
    const tasks = [taskFacts({ number: 2, ...closedBy(41) })];
    expect(told({ tasks, pullRequests: [pullRequestFacts()] })).toEqual([]);
    expect(told({ tasks, pullRequests: [pullRequestFacts({ closedAt: AT })] })).toEqual([]);
  });

  it('tells of open work beside a finished task', () => {
    const done = taskFacts({ number: 2, closedAt: AT, ...closedBy(41, 42) });
    const second = pullRequestFacts({ number: 42, isDraft: true });
    const [finding, ...more] = judge({ tasks: [done], pullRequests: [MERGED, second] }).findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'open_pull_request',
      effect: 'fails',
      item: { ref: 'octo/harbor#42' },
      names: [ref(42), ref(2)],
      why: 'it is a draft, and its task octo/harbor#2 is done',
      actor: { name: 'ravi' },
      action: { text: 'merge octo/harbor#42 into main, or close it', command: 'gh pr ready 42 --repo=octo/harbor' },
    });
    const dropped = taskFacts({ number: 2, closedAt: AT, stateReason: 'not_planned', ...closedBy(41) });
    expect(judge({ tasks: [dropped], pullRequests: [pullRequestFacts()] }).findings).toMatchObject([
      { kind: 'open_pull_request', effect: 'fails', why: 'it is open, and its task octo/harbor#2 is dropped' },
    ]);
  });

  it('tells of open work though a check of it is flaky', () => {
    const open = pullRequestFacts();
    const headRuns = known(new Map([[open.headSha, [run({ attempt: 2, earlier: ['failure'] })]]]));
    const { findings } = judge({ pullRequests: [open], headRuns });
    expect(findings.map(({ kind, effect }) => [kind, effect])).toEqual([
      ['flaky', 'informs'],
      ['open_pull_request', 'fails'],
    ]);
  });

  it('leaves open backports of a finished task to those who judge backports', () => {
    const done = taskFacts({ number: 2, closedAt: AT, ...closedBy(41, 42) });
    const backport = pullRequestFacts({ number: 42, baseRefName: 'release/3.0', isDefaultBase: false });
    expect(told({ tasks: [done], pullRequests: [MERGED, backport] })).toEqual([]);
  });

  it('asks once for a permission that is missing everywhere', () => {
    const unread = (number: number) =>
      pullRequestFacts({
        number,
        checks: unknown({ cause: 'forbidden', what: `checks of octo/harbor#${number}`, permission: 'checks: read' }),
      });
    const { findings } = judge({ pullRequests: [unread(41), unread(42), unread(43)] });
    expect(findings).toMatchObject([
      {
        kind: 'unread_checks',
        effect: 'unknown',
        item: null,
        names: [ref(41), ref(42), ref(43)],
        why: 'could not read checks of octo/harbor#41 and 2 more: needs checks: read',
        actor: { name: 'an administrator of octo/harbor', kind: 'role' },
      },
    ]);
    expect(judge({ pullRequests: [unread(41)] }).findings).toMatchObject([{ item: { ref: 'octo/harbor#41' } }]);
  });

  it('does not apply to a scope without pull requests', () => {
    expect(judge({ tasks: [taskFacts()] })).toMatchObject({ applies: false, findings: [] });
  });
});
