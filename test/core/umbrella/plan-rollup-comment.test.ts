import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { parseMarker } from '../../../src/core/marker.ts';
import { buildRollup } from '../../../src/core/umbrella/build-rollup.ts';
import { planRollupComment } from '../../../src/core/umbrella/plan-rollup-comment.ts';
import { renderRollupComment } from '../../../src/core/umbrella/render-comment.ts';
import { ref, snapshot } from '../build-facts.ts';
import { type RandomWork, randomWork } from '../random-work.ts';

const render = ({ umbrella, children, pullRequests }: RandomWork, now: string): string =>
  renderRollupComment(
    buildRollup(snapshot([umbrella, ...children], pullRequests), ref(1), {
      config: DEFAULT_CONFIG,
      now,
      audience: 'umbrella_readers',
    }),
  );

const own = (body: string) => ({ id: 7, nodeId: 'IC_7', url: 'https://github.com/octo/harbor/issues/1#7', body });

describe('planRollupComment', () => {
  it('creates the comment where there is none', () => {
    expect(planRollupComment({ ownComment: null, umbrella: ref(1), body: 'new' })).toEqual([
      { kind: 'create_comment', on: ref(1), marker: '<!-- parasol:rollup v1 -->', body: 'new' },
    ]);
  });

  it('edits its own comment when it says something else', () => {
    expect(planRollupComment({ ownComment: own('old'), umbrella: ref(1), body: 'new' })).toEqual([
      { kind: 'update_comment', on: ref(1), commentId: 7, marker: '<!-- parasol:rollup v1 -->', body: 'new' },
    ]);
  });

  it('does nothing when GitHub only changed line ends', () => {
    expect(planRollupComment({ ownComment: own('a\r\nb\r\n'), umbrella: ref(1), body: 'a\nb\n' })).toEqual([]);
  });

  it('does nothing the second time, for any work and any later moment of the same minute-blind text', () => {
    fc.assert(
      fc.property(randomWork(), fc.integer({ min: 0, max: 90 }), (work, days) => {
        const later = new Date(Date.UTC(2026, 4, 11 + days)).toISOString();
        const before = render(work, '2026-05-11T00:00:00Z');
        expect(parseMarker(before)).toEqual({ kind: 'rollup', version: 1 });
        expect(planRollupComment({ ownComment: own(before), umbrella: ref(1), body: render(work, later) })).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
