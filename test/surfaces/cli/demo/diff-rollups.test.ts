import { describe, expect, test } from 'vitest';
import { diffRollups } from '../../../../src/surfaces/cli/demo/diff-rollups.ts';
import { child, pullRequest, sampleRollup } from '../sample-rollup.ts';

const [first, second, third] = sampleRollup().children;

describe('diffRollups', () => {
  test('says nothing where nothing changed', () => {
    expect(diffRollups(sampleRollup(), sampleRollup())).toEqual([]);
  });

  test('introduces a first rollup by its size', () => {
    expect(diffRollups(null, sampleRollup())).toEqual(['first rollup: 3 children shown']);
  });

  test('names each thing that changed about a child', () => {
    const after = sampleRollup({
      children: [
        ...(first ? [first] : []),
        {
          ...(second ?? child(3)),
          state: { state: 'approved', since: null, reason: 'approved' },
          pullRequests: [pullRequest(9, { review: 'approved' })],
          missingArtifacts: [],
          nextAction: { kind: 'merge', text: 'merge octo/harbor#9', actors: ['kim'], url: '' },
        },
        ...(third ? [third] : []),
      ],
    });
    expect(diffRollups(sampleRollup(), after)).toEqual([
      '#3 is implemented -> approved',
      '#3 has #9 open, checks success, review requested -> #9 open, checks success, review approved',
      '#3 misses Evidence -> nothing',
      '#3 next: merge #9 (kim)',
    ]);
  });

  test('tells of children that came and went, and of the verdict', () => {
    const after = sampleRollup({
      children: [...(first ? [first] : []), ...(second ? [second] : []), child(8, { title: 'New\u001b one' })],
      integration: { verdict: 'go', reasons: [], notJudged: [] },
    });
    expect(diffRollups(sampleRollup(), after)).toEqual([
      '#8 New one: new, unblocked',
      '#4 Tell the captains: no longer a child',
      'integration no go -> go',
    ]);
  });
});
