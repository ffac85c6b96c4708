import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSeatFlow, type FlowPerson, type FlowRow } from '../../../src/core/reviewers/seat-flow.ts';

const NEVER = Number.POSITIVE_INFINITY;

interface Problem {
  readonly people: readonly FlowPerson[];
  readonly rows: readonly FlowRow[];
}

const rising = (min: number, max: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max })
    .map((costs) => costs.sort((a, b) => a - b));

/** Up to three people and six rows, of which neighbours may be of one group. */
const problems: fc.Arbitrary<Problem> = fc.integer({ min: 1, max: 3 }).chain((count) => {
  const person = fc.record({ seats: rising(0, 3) });
  const cost = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }) }, fc.constant(NEVER));
  const row = fc.record({
    isSibling: fc.boolean(),
    costs: fc.array(cost, { minLength: count, maxLength: count }),
  });
  return fc.record({
    people: fc.array(person, { minLength: count, maxLength: count }),
    rows: fc.array(row, { maxLength: 6 }).map((all) => {
      let group = 0;
      return all.map((one) => {
        if (!one.isSibling) group += 1;
        return { group, costs: Float64Array.from(one.costs) };
      });
    }),
  });
});

function solve({ people, rows }: Problem) {
  const flow = createSeatFlow(people);
  const seated = rows.filter((row) => flow.insert(row));
  return { flow, seated, places: seated.map((row) => flow.personOf(row)) };
}

/** What a placing costs; infinite where it is against the rules. */
function costOfPlaces({ people }: Problem, rows: readonly FlowRow[], places: readonly (number | null)[]): number {
  const pairs = new Set(rows.map(({ group }, index) => `${group} ${places[index]}`));
  if (pairs.size < rows.length) return NEVER;
  const ofRows = rows.reduce((sum, { costs }, index) => sum + (costs[places[index] ?? -1] ?? NEVER), 0);
  return people.reduce((total, { seats }, person) => {
    const here = rows.filter((_, index) => places[index] === person).length;
    return here > seats.length ? NEVER : total + sum(seats.slice(0, here));
  }, ofRows);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** By trying every placing. */
function cheapest(problem: Problem, rows: readonly FlowRow[], places: readonly number[] = []): number {
  if (places.length === rows.length) return costOfPlaces(problem, rows, places);
  return Math.min(...problem.people.map((_, person) => cheapest(problem, rows, [...places, person])));
}

describe('a flow of rows to seats', () => {
  test('costs as little as any placing of the same rows, and keeps the rules', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { flow, seated, places } = solve(problem);
        expect(flow.cost()).toBe(cheapest(problem, seated));
        expect(costOfPlaces(problem, seated, places)).toBe(flow.cost());
      }),
      { numRuns: 400 },
    );
  });

  test('leaves a row out only where there is no placing with it and all that are seated before it', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const flow = createSeatFlow(problem.people);
        const seated: FlowRow[] = [];
        for (const row of problem.rows) {
          const isPossible = cheapest(problem, [...seated, row]) < NEVER;
          expect(flow.insert(row)).toBe(isPossible);
          if (isPossible) seated.push(row);
          else expect(flow.personOf(row)).toBeNull();
        }
      }),
      { numRuns: 400 },
    );
  });

  test('moves a row that is seated already where another needs its seat', () => {
    const people = [{ seats: [0] }, { seats: [5] }];
    const rows = [
      { group: 0, costs: Float64Array.of(1, 1) },
      { group: 1, costs: Float64Array.of(1, NEVER) },
    ];
    const { flow, places } = solve({ people, rows });
    expect([places, flow.cost()]).toEqual([[1, 0], 7]);
  });
});
