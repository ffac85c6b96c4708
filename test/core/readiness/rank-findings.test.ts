import { describe, expect, it } from 'vitest';
import { nameOfPullRequest, nameOfTask } from '../../../src/core/readiness/item-name.ts';
import { MAX_UNBLOCKED, rankFindings } from '../../../src/core/readiness/rank-findings.ts';
import { findingsToMend, smallestFix } from '../../../src/core/readiness/smallest-fix.ts';
import { known } from '../../../src/core/reading.ts';
import { formatRef } from '../../../src/core/task/identity.ts';
import { blockerFacts, closedBy, pullRequestFacts, ref, taskFacts } from '../build-facts.ts';
import { viewOf, world } from './build-world.ts';
import { standing } from './draft-finding.ts';

const blockedBy = (...numbers: readonly number[]) => ({
  blockers: known(numbers.map((number) => blockerFacts(number))),
});

/** #2 ← #3 ← #4, which is a child of #5; #6 is done, #7 is nobody's business. */
const HARBOR = world({
  tasks: [
    taskFacts({ number: 2, ...closedBy(41) }),
    taskFacts({ number: 3, ...blockedBy(2) }),
    taskFacts({ number: 4, ...blockedBy(3) }),
    taskFacts({ number: 5, children: known([ref(4)]) }),
    taskFacts({ number: 6, ...blockedBy(2), closedAt: '2026-05-04T09:00:00Z' }),
  ],
  outside: [taskFacts({ number: 7, ...blockedBy(2) })],
  pullRequests: [pullRequestFacts()],
});

const task = (number: number) => nameOfTask(taskFacts({ number }));

const ranked = (findings: readonly ReturnType<typeof standing>[]) => rankFindings(findings, viewOf(HARBOR));

describe('rankFindings', () => {
  it('counts what waits in the scope: what it blocks, directly or not, and what is above', () => {
    const found = ranked([
      standing({ id: 'last', item: task(5) }),
      standing({ id: 'first', item: task(2) }),
      standing({ id: 'third', item: task(3) }),
      standing({ id: 'of a pull request', item: nameOfPullRequest(pullRequestFacts()) }),
      standing({ id: 'waived', item: task(2), waivedBy: 'waiver-1' }),
    ]).map(({ id, unblocks }) => [id, unblocks.map((one) => one.number)]);
    expect(found).toEqual([
      ['of a pull request', [2, 3, 4, 5]],
      ['first', [3, 4, 5]],
      ['third', [4, 5]],
      ['last', []],
      ['waived', []],
    ]);
  });

  it('ranks what unblocks as much by what is in the way, what blocks, what fails, criterion, age and name', () => {
    const findings = [
      standing({ id: 'oldest', since: '2026-05-01T00:00:00Z' }),
      standing({ id: 'younger', since: '2026-05-02T00:00:00Z' }),
      standing({ id: 'ageless-a' }),
      standing({ id: 'ageless-b' }),
      standing({ id: 'other criterion', criterion: 'base_ci' }),
      standing({ id: 'unknown', effect: 'unknown' }),
      standing({ id: 'informing', isBlocking: false }),
      standing({ id: 'told', effect: 'informs' }),
    ].map((one) => ({ ...one, item: null }));
    const order = findings.map(({ id }) => id);
    expect(ranked(findings).map(({ id }) => id)).toEqual(order);
    expect(ranked(findings.toReversed()).map(({ id }) => id)).toEqual(order);
  });

  it('ranks what is alike by number, not by digits', () => {
    const findings = [100, 2, 1, 10].map((number) => standing({ id: `f${number}`, item: task(number) }));
    const view = viewOf(world({ tasks: [] }));
    expect(rankFindings(findings, view).map(({ item }) => item?.ref)).toEqual(
      [1, 2, 10, 100].map((number) => formatRef(ref(number))),
    );
  });

  it('stops to count in long chains and in circles', () => {
    const chain = Array.from({ length: 80 }, (_, i) =>
      taskFacts({ number: 100 + i, ...(i > 0 ? blockedBy(99 + i) : {}) }),
    );
    const circle = [taskFacts({ number: 2, ...blockedBy(3) }), taskFacts({ number: 3, ...blockedBy(2) })];
    const view = viewOf(world({ tasks: [...chain, ...circle] }));
    const found = rankFindings([standing({ item: task(100) }), standing({ id: 'f2', item: task(2) })], view);
    expect(found.map(({ unblocks }) => unblocks.length)).toEqual([MAX_UNBLOCKED, 1]);
  });
});

describe('findingsToMend', () => {
  it('takes every finding that stands in a blocking criterion, and no other', () => {
    const findings = ranked([
      standing({ id: 'fails' }),
      standing({ id: 'unknown', effect: 'unknown' }),
      standing({ id: 'told', effect: 'informs' }),
      standing({ id: 'waived', waivedBy: 'waiver-1' }),
      standing({ id: 'informing', isBlocking: false }),
    ]);
    expect(findingsToMend(findings)?.map(({ id }) => id)).toEqual(['fails', 'unknown']);
  });

  it('knows no fix with an unknown that nobody can end, and none where nothing is in the way', () => {
    expect(findingsToMend(ranked([standing(), standing({ effect: 'unknown', isMendable: false })]))).toBeNull();
    expect(findingsToMend(ranked([standing({ effect: 'informs' })]))).toBeNull();
  });
});

describe('smallestFix', () => {
  it('tells the first three things to do', () => {
    const finding = (number: number) => ({
      id: `f${number}`,
      criterion: 'completion' as const,
      kind: 'open_task',
      effect: 'fails' as const,
      item: task(number),
      lane: null,
      since: null,
      age_seconds: null,
      excused_seconds: 0,
      why: '',
      actor: { name: 'kim', kind: 'person' as const },
      action: { text: `finish ${formatRef(ref(number))}`, command: null, url: null },
      unblocks: [],
      evidence: [],
      waived_by: null,
    });
    expect(smallestFix([finding(2)])).toEqual({ text: '1 finding has to go: finish octo/harbor#2', findings: ['f2'] });
    expect(smallestFix([2, 3, 4, 5, 5].map(finding)).text).toBe(
      '5 findings have to go: finish octo/harbor#2; finish octo/harbor#3; finish octo/harbor#4; and 1 more',
    );
  });
});
