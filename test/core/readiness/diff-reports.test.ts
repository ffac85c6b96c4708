import { describe, expect, it } from 'vitest';
import type { ReadinessReport } from '../../../src/core/readiness/report-schema.ts';
import { known } from '../../../src/core/reading.ts';
import { closedBy, pullRequestFacts, ref, taskFacts } from '../build-facts.ts';
import { baseCommit, reportFor, run, waiver, world } from './build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const LATER = '2026-05-11T12:00:00Z';
const red = known([baseCommit({ runs: known([run({ conclusion: 'failure' })]) })]);

const closed = taskFacts({ number: 2, closedAt: AT });
const linked = taskFacts({ number: 2, closedAt: AT, ...closedBy(41) });
const merged = pullRequestFacts({ mergedAt: AT });
const presences = known(new Map([['octo/harbor#41', { state: 'present', how: 'ancestor' } as const]]));
const before = reportFor(world({ tasks: [closed], pullRequests: [merged], presences }));
const idOf = (report: ReadinessReport): string | undefined => report.findings[0]?.id;

describe('the difference to an earlier report', () => {
  it('tells what appeared, what is resolved and why, and which criteria changed', () => {
    const now = reportFor(world({ tasks: [linked], pullRequests: [merged], presences, baseCommits: red, now: LATER }), {
      previous: before,
    });
    expect(now.diff).toEqual({
      since: before.generated_at,
      decision: { from: 'no_go', to: 'no_go' },
      appeared: [idOf(now)],
      resolved: [{ id: idOf(before), why: 'octo/harbor#2 is done now' }],
      criteria: [
        { id: 'base_ci', from: 'pass', to: 'fail' },
        { id: 'scope_integrity', from: 'fail', to: 'pass' },
      ],
    });
  });

  it('is empty where nothing changed, and keeps what was waived', () => {
    const waived = world({ tasks: [closed], pullRequests: [merged], presences, waivers: known([waiver()]) });
    expect(reportFor(waived, { previous: before }).diff).toEqual({
      since: before.generated_at,
      decision: { from: 'no_go', to: 'go' },
      appeared: [],
      resolved: [],
      criteria: [{ id: 'scope_integrity', from: 'fail', to: 'waived' }],
    });
  });

  const rows: readonly [title: string, why: string, Parameters<typeof world>[0], ReadinessReport][] = [
    ['left the scope', 'octo/harbor#2 is no longer in the scope', { tasks: [taskFacts()] }, before],
    [
      'was on an older commit',
      'the base has moved on',
      { tasks: [taskFacts()] },
      reportFor(world({ tasks: [taskFacts()], baseCommits: red })),
    ],
  ];
  for (const [title, why, input, previous] of rows) {
    it(`says "${why}" of what ${title}`, () =>
      expect(reportFor(world(input), { previous }).diff?.resolved.map((one) => one.why)).toEqual([why]));
  }

  it('is left out for a report of another scope', () => {
    const other = world({ tasks: [closed], scope: { selector: 'milestone:Harbor 4' } });
    expect(reportFor(other, { previous: before }).diff).toBeNull();
    expect(reportFor(world({ tasks: [closed] })).diff).toBeNull();
  });

  it('leaves out what these readers may not see', () => {
    const secret = taskFacts({ ref: ref(9, 'octo/vault'), visibility: 'private', closedAt: AT });
    const previous = reportFor(world({ tasks: [secret, taskFacts()] }));
    const now = reportFor(world({ tasks: [taskFacts()] }), { previous, audience: 'umbrella_readers' });
    expect(previous.findings.map(({ item }) => item?.ref)).toContain('octo/vault#9');
    expect(now.diff?.resolved).toEqual([]);
  });
});
