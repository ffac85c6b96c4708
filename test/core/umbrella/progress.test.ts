import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTED_STATES, progressOf } from '../../../src/core/umbrella/progress.ts';

describe('progressOf', () => {
  it('takes done and integrated over all but dropped, rounded down', () => {
    const { total, complete, relevant, percentComplete } = progressOf(['done', 'integrated', 'blocked', 'dropped']);
    expect([total, complete, relevant, percentComplete]).toEqual([4, 2, 3, 66]);
  });

  it('is null when nothing is relevant', () => {
    expect([progressOf([]).percentComplete, progressOf(['dropped']).percentComplete]).toEqual([null, null]);
  });

  it('says 100 only when nothing is left, and never goes down with a further complete task', () => {
    const states = fc.array(fc.constantFrom(...COUNTED_STATES));
    fc.assert(
      fc.property(states, (given) => {
        const { percentComplete, complete, relevant } = progressOf(given);
        expect(percentComplete === 100).toBe(relevant > 0 && complete === relevant);
        expect(progressOf([...given, 'done']).percentComplete ?? 0).toBeGreaterThanOrEqual(percentComplete ?? 0);
      }),
    );
  });
});
