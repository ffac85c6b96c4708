import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SimulationOptions } from '../../../src/core/reviewers/simulation/begin-run.ts';
import { drawCalendars } from '../../../src/core/reviewers/simulation/draw-calendars.ts';
import { OUR_POLICY } from '../../../src/core/reviewers/simulation/our-policy.ts';
import type { ReviewPolicy } from '../../../src/core/reviewers/simulation/review-policy.ts';
import type { ReviewWorld } from '../../../src/core/reviewers/simulation/review-world.ts';
import { type Simulated, simulateReviews } from '../../../src/core/reviewers/simulation/simulate-reviews.ts';
import { generateReviewWorld } from '../../bench/generated-review-world.ts';
import { reviewWorld, worldChange, worldReviewer } from './build-review-world.ts';

/** Whoever comes first in the world. */
const FIRST: ReviewPolicy = {
  choose: (_, candidates) => candidates[0] ?? null,
  arrangeQueue: null,
  urgency: null,
  planHandOffs: null,
};

const run = (world: ReviewWorld, policy: ReviewPolicy, given: Partial<SimulationOptions> = {}): Simulated =>
  simulateReviews(world, drawCalendars(world), {
    policy,
    utilisation: 1,
    absences: 'known',
    noise: 0,
    seed: 1,
    ...given,
  });

const waits = ({ reviews }: Simulated) =>
  reviews.map(({ number, reviewer, waitHours }) => [number, reviewer, waitHours]);

describe('the model', () => {
  test('reviews whole changes while there is any credit, and the rest of a day that was overdrawn is owed', () => {
    const world = reviewWorld(
      [worldReviewer()],
      [1, 2, 3].map((number) => worldChange(number, 0, { work: 1.5 })),
    );
    // A unit on Monday at ten pays for a change of one and a half; Tuesday's half, after the debt, for the next.
    expect(waits(run(world, FIRST))).toEqual([
      [1, 'kim', 10],
      [2, 'kim', 34],
      [3, 'kim', 82],
    ]);
  });

  test('keeps unused credit until the next hour of review, in office hours alone', () => {
    const world = reviewWorld([worldReviewer()], [worldChange(1, 12), worldChange(2, 42), worldChange(3, 4 * 24 + 18)]);
    expect(waits(run(world, FIRST))).toEqual([
      [1, 'kim', 0],
      [2, 'kim', 15],
      [3, 'kim', 63],
    ]);
  });

  test('takes half as long again from who knows nothing of a change', () => {
    const world = reviewWorld(
      [worldReviewer()],
      [worldChange(1, 0, { familiarity: {} }), worldChange(2, 0), worldChange(3, 0)],
    );
    expect(run(world, FIRST).loads).toEqual([
      { id: 'kim', utilisation: expect.closeTo(3.5 / 20), taken: 3.5, asked: 3 },
    ]);
  });

  test('takes a login for nothing but a login', () => {
    const changes = [1, 2].map((number) => worldChange(number, 0, { familiarity: {} }));
    const loadOf = (id: string) => run(reviewWorld([worldReviewer({ id })], changes), OUR_POLICY).loads;
    expect(loadOf('constructor')).toEqual(loadOf('noor').map((load) => ({ ...load, id: 'constructor' })));
  });

  test('divides budgets by the utilisation', () => {
    const world = reviewWorld([worldReviewer()], [worldChange(1, 0), worldChange(2, 0)]);
    expect(waits(run(world, FIRST, { utilisation: 0.5 }))).toEqual([
      [1, 'kim', 10],
      [2, 'kim', 10],
    ]);
  });

  test('never asks the author, and lets a request wait that nobody else can take', () => {
    const world = reviewWorld([worldReviewer()], [worldChange(1, 0, { author: 'kim' })]);
    expect(run(world, FIRST)).toEqual({
      reviews: [],
      undone: 1,
      loads: [{ id: 'kim', utilisation: 0, taken: 0, asked: 0 }],
      openPerPerson: Array(21).fill(0),
      handOffs: 0,
      rerequests: 0,
    });
  });

  test('after seven days untouched the author asks somebody else', () => {
    const away = worldReviewer({ away: [[0, 14 * 24]] });
    const world = reviewWorld([away, worldReviewer({ id: 'ravi' })], [worldChange(1, 0)]);
    const simulated = run(world, FIRST, { absences: 'hidden' });
    expect([waits(simulated), simulated.rerequests]).toEqual([[[1, 'ravi', 7 * 24 + 9]], 1]);
  });

  test('does not ask who is known to be away, unless everybody is', () => {
    const away = worldReviewer({ away: [[0, 48]] });
    const both = reviewWorld([away, worldReviewer({ id: 'ravi' })], [worldChange(1, 0)]);
    expect(waits(run(both, FIRST))).toEqual([[1, 'ravi', 10]]);
    expect(waits(run(reviewWorld([away], [worldChange(1, 0)]), FIRST))).toEqual([[1, 'kim', 58]]);
  });

  test('gives back what waits for somebody who leaves', () => {
    const leaving = worldReviewer({ member: [[0, 9]], reviewHours: [] });
    const world = reviewWorld([leaving, worldReviewer({ id: 'ravi' })], [worldChange(1, 0)]);
    expect(waits(run(world, FIRST))).toEqual([[1, 'ravi', 10]]);
  });
});

describe('what a policy sees', () => {
  test('is the pace, blurred by the seed within what the noise allows', () => {
    const world = reviewWorld([worldReviewer(), worldReviewer({ id: 'ravi' })], [worldChange(1, 0)]);
    const seen = (noise: number, seed: number): readonly number[] => {
      let paces: readonly number[] = [];
      const looking: ReviewPolicy = {
        ...FIRST,
        choose: (_, candidates) => {
          paces = candidates.map(({ pace }) => pace);
          return candidates[0] ?? null;
        },
      };
      run(world, looking, { noise, seed });
      return paces;
    };
    expect(seen(0, 1)).toEqual([1, 1]);
    expect(seen(0.5, 1)).toEqual(seen(0.5, 1));
    expect(seen(0.5, 2)).not.toEqual(seen(0.5, 1));
    for (const pace of Array.from({ length: 40 }, (_, seed) => seen(0.5, seed)).flat()) {
      expect(pace).toBeGreaterThanOrEqual(0.5);
      expect(pace).toBeLessThanOrEqual(1.5);
    }
  });

  test('is nobody away while absences are hidden', () => {
    const world = reviewWorld([worldReviewer({ away: [[0, 48]] })], [worldChange(1, 0)]);
    const seen: boolean[] = [];
    const looking: ReviewPolicy = {
      ...FIRST,
      choose: (_, candidates) => {
        seen.push(...candidates.map(({ isAwayKnown }) => isAwayKnown));
        return null;
      },
    };
    run(world, looking, { absences: 'hidden' });
    expect(new Set(seen)).toEqual(new Set([false]));
    run(world, looking);
    expect(new Set(seen)).toEqual(new Set([false, true]));
  });
});

describe('our way', () => {
  test('takes requests back from who goes silent, and gives them to who is there', () => {
    const people = [worldReviewer({ id: 'kim', away: [[8 * 24, 28 * 24]] }), worldReviewer({ id: 'ravi' })];
    const changes = Array.from({ length: 30 }, (_, place) => worldChange(place + 1, place * 14, { work: 0.7 }));
    const simulated = run(reviewWorld(people, changes), OUR_POLICY, { absences: 'hidden' });
    const { undone, rerequests, handOffs } = simulated;
    expect({ undone, rerequests, handOffs }).toEqual({ undone: 0, rerequests: 1, handOffs: 3 });
  });

  const shape = fc.record({
    seed: fc.nat(),
    pool: fc.integer({ min: 1, max: 6 }),
    days: fc.constant(30),
    changesPerWorkingDay: fc.constantFrom(1, 3),
    paceSpread: fc.constantFrom(0, 0.9),
    mostAway: fc.constantFrom(0, 0.5, 1),
    awayDays: fc.constantFrom(5, 30),
    areas: fc.constantFrom(1, 12),
    knowing: fc.constantFrom(0.2, 0.8),
    surge: fc.constantFrom(0, 0.8),
  });
  const options = fc.record({
    utilisation: fc.constantFrom(0.6, 0.95),
    absences: fc.constantFrom('known' as const, 'hidden' as const),
    noise: fc.constantFrom(0, 0.5),
    seed: fc.nat(),
  });

  test('hands a request on at most once, a tenth of all at most, and never to who had it', () => {
    fc.assert(
      fc.property(shape, options, (drawn, given) => {
        const handedOn: number[] = [];
        const watched: ReviewPolicy = {
          ...OUR_POLICY,
          planHandOffs: (...seen) => {
            const planned = OUR_POLICY.planHandOffs?.(...seen) ?? [];
            for (const { request, from, to } of planned) {
              expect(to).not.toBe(from);
              handedOn.push(request.number);
            }
            return planned;
          },
        };
        const world = generateReviewWorld(drawn);
        const simulated = run(world, watched, given);
        expect(new Set(handedOn).size).toBe(handedOn.length);
        expect(simulated.handOffs).toBe(handedOn.length);
        expect(handedOn.length).toBeLessThanOrEqual(world.changes.length / 10);
      }),
      { numRuns: 25 },
    );
  });

  test('the same seed gives the same run, and no review is given twice', () => {
    fc.assert(
      fc.property(shape, options, (drawn, given) => {
        const simulated = run(generateReviewWorld(drawn), OUR_POLICY, given);
        expect(run(generateReviewWorld(drawn), OUR_POLICY, given)).toEqual(simulated);
        expect(new Set(simulated.reviews.map(({ number }) => number)).size).toBe(simulated.reviews.length);
      }),
      { numRuns: 10 },
    );
  });

  test('nothing is left waiting while anybody who may review it is there and has time', () => {
    fc.assert(
      fc.property(shape, options, (drawn, given) => {
        const world = generateReviewWorld({ ...drawn, mostAway: 0, paceSpread: 0 });
        const changes = world.changes.map((change) => ({ ...change, author: 'guest' }));
        const everywhere = world.reviewers.map((one) => ({ ...one, member: [[0, world.hours] as [number, number]] }));
        const simulated = run({ ...world, changes, reviewers: everywhere }, OUR_POLICY, { ...given, utilisation: 0.5 });
        const takers = world.reviewers.filter(({ reviewHours }) => reviewHours.length > 20);
        fc.pre(takers.length === world.reviewers.length);
        expect(simulated.undone).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});
