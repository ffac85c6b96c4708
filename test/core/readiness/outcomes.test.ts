import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/core/readiness/outcomes.ts';
import type { Presence } from '../../../src/core/readiness/presence/presence.ts';
import type { ReadinessFacts } from '../../../src/core/readiness/readiness-facts.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import type { PullRequestFacts } from '../../../src/core/task/facts.ts';
import { closedBy, pullRequestFacts, shaOf, taskFacts } from '../build-facts.ts';
import { run, viewOf, world } from './build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const MERGED = pullRequestFacts({ mergedAt: AT });
const REVERT = pullRequestFacts({ number: 42, mergedAt: '2026-05-05T09:00:00Z', body: 'Reverts #41' });
const CLOSED = pullRequestFacts({ closedAt: AT });
const STACKED = pullRequestFacts({ mergedAt: AT, baseRefName: 'change-43', isDefaultBase: false });
const RED = { state: 'failure', total: 1, unfinished: [{ name: 'test', outcome: 'failure', url: null }] } as const;
const GAP = { cause: 'forbidden', what: 'checks of octo/harbor#41', permission: 'checks: read' } as const;

/** Of the first. */
function outcome(
  pullRequests: readonly [PullRequestFacts, ...PullRequestFacts[]],
  rest: Pick<ReadinessFacts, 'headRuns' | 'presences'> = {},
) {
  const facts = world({ tasks: [taskFacts({ number: 2, ...closedBy(41, 45) })], pullRequests, ...rest });
  return outcomeOf(pullRequests[0], viewOf(facts));
}

const headRuns = known(new Map([[MERGED.headSha, [run({ attempt: 2, earlier: ['failure'] })]]]));

const presence = (one: Presence) => known(new Map([['octo/harbor#41', one]]));
const UNDONE: Presence = {
  state: 'undone',
  by: { sha: shaOf(46), subject: 'Night lights (#46)', at: '2026-05-06T09:00:00Z', number: 46 },
  evidence: { files: [], removedLines: 9, restoredLines: 4, share: 0.9, victims: 1 },
  lost: [shaOf(41)],
};

describe('outcomeOf', () => {
  const rows: readonly [title: string, string, ReturnType<typeof outcome>][] = [
    ['merged', 'merged', outcome([MERGED])],
    ['merged and reverted', 'reverted', outcome([MERGED, REVERT])],
    [
      'reverted, and the revert reverted',
      'reapplied',
      outcome([
        MERGED,
        REVERT,
        pullRequestFacts({ number: 43, mergedAt: '2026-05-06T09:00:00Z', body: 'Reverts #42' }),
      ]),
    ],
    [
      'merged into a branch whose own pull request was closed',
      'lost',
      outcome([STACKED, pullRequestFacts({ number: 43, closedAt: AT })]),
    ],
    ['merged into a branch whose own is open', 'merged', outcome([STACKED, pullRequestFacts({ number: 43 })])],
    ['merged into a branch without one', 'merged', outcome([STACKED])],
    ['merged, and nowhere on the base', 'lost', outcome([MERGED], { presences: presence({ state: 'missing' }) })],
    ['merged, and put back by another', 'lost', outcome([MERGED], { presences: presence(UNDONE) })],
    ['reverted, as a clone tells too', 'reverted', outcome([MERGED, REVERT], { presences: presence(UNDONE) })],
    [
      'merged, and nobody can tell whether it is there',
      'merged',
      outcome([MERGED], { presences: unknown({ cause: 'no_clone', what: 'the history of main' }) }),
    ],
    ['merged after a check that passed at the second attempt', 'flaky', outcome([MERGED], { headRuns })],
    ['closed unmerged', 'abandoned', outcome([CLOSED])],
    ['closed, and its task has another', 'open', outcome([CLOSED, pullRequestFacts({ number: 45 })])],
    [
      'closed, and its branch was merged by another',
      'merged',
      outcome([CLOSED, pullRequestFacts({ number: 46, headRefName: 'change-41', mergedAt: AT })]),
    ],
    [
      'closed beside another closed one',
      'abandoned',
      outcome([CLOSED, pullRequestFacts({ number: 45, closedAt: AT })]),
    ],
    ['open with failing checks', 'failed_ci', outcome([pullRequestFacts({ checks: known(RED) })])],
    ['open and in conflict', 'conflicted', outcome([pullRequestFacts({ mergeable: 'conflicting' })])],
    ['open, and its checks could not be read', 'unknown', outcome([pullRequestFacts({ checks: unknown(GAP) })])],
    ['open', 'open', outcome([pullRequestFacts()])],
  ];
  for (const [title, expected, found] of rows) {
    it(`is ${expected} where it is ${title}`, () => expect(found.outcome).toBe(expected));
  }

  it('says what decided, and since when', () => {
    expect(outcome([MERGED, REVERT])).toEqual({
      outcome: 'reverted',
      since: '2026-05-05T09:00:00Z',
      evidence: { text: 'octo/harbor#42: Reverts #41', url: REVERT.url },
      gap: null,
    });
    expect(outcome([pullRequestFacts({ checks: unknown(GAP) })]).gap).toEqual(GAP);
    expect(outcome([MERGED], { headRuns }).evidence).toEqual({
      text: `test failed and then passed on ${shaOf(1_041).slice(0, 7)}, attempt 2`,
      url: run().url,
      sha: shaOf(1_041),
    });
  });

  it('does not call a check flaky that only ran again', () => {
    const again = known(new Map([[MERGED.headSha, [run({ attempt: 2, earlier: ['cancelled'] })]]]));
    expect(outcome([MERGED], { headRuns: again }).outcome).toBe('merged');
  });
});
