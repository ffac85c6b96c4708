import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignBatch, type BatchPerson, type BatchRequest } from '../../../src/core/reviewers/assign-batch.ts';
import { ref } from '../build-facts.ts';

const NOW = '2026-05-10T12:00:00Z';
const hour = (hours: number): string => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();

/** Costs in hours by login; who is absent is not eligible. */
interface Wanted extends BatchRequest {
  readonly costs: Readonly<Record<string, number>>;
}

function wanted(number: number, costs: Readonly<Record<string, number>>, input: Partial<BatchRequest> = {}): Wanted {
  const own = ref(number);
  return { ref: own, openedAt: hour(-number), dueAt: hour(100), urgency: 0, count: 1, needs: [], costs, ...input };
}

const person = (login: string, seats: readonly number[], input: Partial<BatchPerson> = {}): BatchPerson => ({
  login,
  capability: [],
  seats,
  ...input,
});

const solve = (requests: readonly Wanted[], people: readonly BatchPerson[], seed = 1) =>
  assignBatch(requests, people, { seed, cost: ({ costs }, { login }) => costs[login] ?? null });

function told(requests: readonly Wanted[], people: readonly BatchPerson[]) {
  const { assigned, queue, hours } = solve(requests, people);
  return {
    assigned: Object.fromEntries(assigned.map(({ request, logins }) => [request.ref.number, logins])),
    queue: queue.map(({ request, missing, needs }) => [request.ref.number, missing, needs]),
    hours,
  };
}

describe('a batch', () => {
  test('costs least together: nobody takes the only good reviewer of another', () => {
    const requests = [wanted(1, { kim: 1, ravi: 2 }), wanted(2, { kim: 1, ravi: 90 })];
    expect(told(requests, [person('kim', [0]), person('ravi', [0])])).toEqual({
      assigned: { 1: ['ravi'], 2: ['kim'] },
      queue: [],
      hours: 3,
    });
  });

  test('adds up the waits of those who go to the same person', () => {
    const requests = [1, 2, 3].map((number) => wanted(number, { kim: 1, ravi: 8 }));
    const { assigned, hours } = told(requests, [person('kim', [0, 5, 10]), person('ravi', [0])]);
    expect([Object.values(assigned).flat().sort(), hours]).toEqual([['kim', 'kim', 'ravi'], 1 + 6 + 8]);
  });

  test('gives the latest for their size a place first, and leaves the others to the queue in that order', () => {
    const requests = [
      wanted(1, { kim: 1 }, { urgency: 0.4, dueAt: hour(-1) }),
      wanted(2, { kim: 1 }, { urgency: 2, dueAt: hour(90) }),
      wanted(3, { kim: 1 }, { urgency: 0.5, dueAt: hour(90) }),
    ];
    expect(told(requests, [person('kim', [0])])).toMatchObject({
      assigned: { 2: ['kim'] },
      queue: [
        [3, 1, []],
        [1, 1, []],
      ],
    });
  });

  test('leaves the latest deadline to the queue where all are as urgent', () => {
    const requests = [
      wanted(1, { kim: 1 }, { dueAt: null }),
      wanted(2, { kim: 1 }, { dueAt: hour(30) }),
      wanted(3, { kim: 9 }, { dueAt: hour(-1) }),
      wanted(4, { kim: 1 }, { dueAt: hour(20) }),
      wanted(5, { kim: 1 }, { dueAt: hour(30) }),
    ];
    expect(told(requests, [person('kim', [0, 0])])).toEqual({
      assigned: { 3: ['kim'], 4: ['kim'] },
      queue: [
        [5, 1, []],
        [2, 1, []],
        [1, 1, []],
      ],
      hours: 10,
    });
  });

  test('gives nobody more than there are seats, however late it is', () => {
    const late = { dueAt: hour(-1) };
    expect(told([wanted(1, { kim: 1 }, late), wanted(2, { kim: 1 }, late)], [person('kim', [0])])).toEqual({
      assigned: { 2: ['kim'] },
      queue: [[1, 1, []]],
      hours: 1,
    });
  });

  test('gives every request its first reviewer before any its second, and different ones', () => {
    const two = wanted(1, { kim: 1, ravi: 1 }, { count: 2, dueAt: hour(-1) });
    const one = wanted(2, { kim: 5, ravi: 5 });
    expect(told([two, one], [person('kim', [0]), person('ravi', [0])]).queue).toEqual([[1, 1, []]]);
    expect(told([two], [person('kim', [0, 0])])).toEqual({ assigned: { 1: ['kim'] }, queue: [[1, 1, []]], hours: 1 });
  });

  test('leaves to the seed what costs the same', () => {
    const people = ['kim', 'lena', 'noor'].map((login) => person(login, [0]));
    const request = wanted(1, { kim: 1, lena: 1, noor: 1 });
    const chosen = Array.from({ length: 40 }, (_, seed) => solve([request], people, seed).assigned[0]?.logins[0]);
    expect(new Set(chosen)).toEqual(new Set(['kim', 'lena', 'noor']));
  });

  test('is nothing where there is nothing', () => {
    expect(told([], [person('kim', [0])])).toEqual({ assigned: {}, queue: [], hours: 0 });
    expect(told([wanted(1, { kim: 1 })], []).queue).toEqual([[1, 1, []]]);
  });
});

describe('capabilities', () => {
  const needs = ['api', 'database'];
  const all = { kim: 50, lena: 1, noor: 1, tomas: 1 };
  const kim = (seats: readonly number[]) => person('kim', seats, { capability: needs });
  const others = [
    person('lena', [0], { capability: ['api'] }),
    person('noor', [0], { capability: ['database'] }),
    person('tomas', [0, 0]),
  ];

  test('are covered by one person where somebody has them all', () => {
    expect(told([wanted(1, all, { needs })], [kim([0]), ...others]).assigned).toEqual({ 1: ['kim'] });
  });

  test('are covered by one person each where nobody who has all has room', () => {
    expect(told([wanted(1, all, { needs })], [kim([]), ...others]).assigned).toEqual({ 1: ['lena', 'noor'] });
  });

  test('come before more reviewers, who have at least one of them', () => {
    const { assigned, queue } = told([wanted(1, all, { needs, count: 4 })], [kim([0]), ...others]);
    expect([assigned, queue]).toEqual([{ 1: ['kim', 'lena', 'noor'] }, [[1, 1, []]]]);
  });

  test('wait in the queue for who has them, while others have room', () => {
    const [lena, , tomas] = others;
    const people = [lena, tomas].flatMap((one) => one ?? []);
    const noor = person('noor', [], { capability: ['database'] });
    expect(told([wanted(1, all, { needs })], [...people, noor])).toEqual({
      assigned: { 1: ['lena'] },
      queue: [[1, 1, ['database']]],
      hours: 1,
    });
  });

  test('that nobody has hold nothing up', () => {
    expect(told([wanted(1, { tomas: 1 }, { needs })], others).assigned).toEqual({ 1: ['tomas'] });
  });
});

interface Drawn {
  readonly requests: readonly Wanted[];
  readonly people: readonly BatchPerson[];
}

const LOGINS = ['kim', 'lena', 'noor', 'ravi', 'tomas'];
const seats = (maxLength: number, mostCost: number) =>
  fc.array(fc.integer({ min: 0, max: mostCost }), { maxLength }).map((costs) => costs.sort((a, b) => a - b));

/** `mostNeeds` 1 keeps to what the cost decides alone; with a low `mostCost` much costs the same. */
const batches = ({
  mostNeeds,
  mostCost = 99,
}: {
  readonly mostNeeds: number;
  readonly mostCost?: number;
}): fc.Arbitrary<Drawn> =>
  fc.record({
    people: fc.tuple(
      ...LOGINS.map((login) =>
        fc.record({
          login: fc.constant(login),
          capability: fc.subarray(['api', 'database']),
          seats: seats(3, mostCost),
        }),
      ),
    ),
    requests: fc
      .array(
        fc.record({
          costs: fc.dictionary(fc.constantFrom(...LOGINS), fc.integer({ min: 0, max: mostCost })),
          dueAt: fc.oneof(fc.constant(null), fc.integer({ min: -50, max: 50 }).map(hour)),
          urgency: fc.integer({ min: 0, max: 3 }),
          count: fc.integer({ min: 1, max: 3 }),
          needs: fc.subarray(['api', 'database'], { maxLength: mostNeeds }),
        }),
        { maxLength: 8 },
      )
      .map((all) => all.map(({ costs, ...rest }, index) => wanted(index + 1, costs, rest))),
  });

const seeds = fc.integer({ min: 0, max: 9 });

describe('in any batch', () => {
  test('nobody is given what they are not eligible for, twice the same, or more than there are seats', () => {
    fc.assert(
      fc.property(batches({ mostNeeds: 2 }), seeds, ({ requests, people }, seed) => {
        const { assigned } = solve(requests, people, seed);
        for (const { request, logins } of assigned) {
          expect(logins.filter((login) => request.costs[login] === undefined)).toEqual([]);
          expect(new Set(logins).size).toBe(logins.length);
        }
        for (const { login, seats: own } of people)
          expect(assigned.filter(({ logins }) => logins.includes(login)).length).toBeLessThanOrEqual(own.length);
      }),
    );
  });

  test('what waits for somebody waits because everyone who is able is full or has it already', () => {
    fc.assert(
      fc.property(batches({ mostNeeds: 2 }), seeds, ({ requests, people }, seed) => {
        const { assigned, queue } = solve(requests, people, seed);
        for (const { request, needs } of queue) {
          const own = assigned.find((one) => one.request === request)?.logins ?? [];
          const eligible = people.filter(({ login }) => request.costs[login] !== undefined);
          const had = request.needs.filter((need) => eligible.some(({ capability }) => capability.includes(need)));
          const asked = needs.length > 0 ? needs : had;
          const free = eligible.filter(
            ({ login, capability, seats: ordinary }) =>
              !own.includes(login) &&
              (asked.length === 0 || asked.some((need) => capability.includes(need))) &&
              assigned.filter(({ logins }) => logins.includes(login)).length < ordinary.length,
          );
          expect(free).toEqual([]);
        }
      }),
    );
  });

  test('the same seed makes the same choice, in whatever order requests and people were read', () => {
    fc.assert(
      fc.property(batches({ mostNeeds: 2, mostCost: 1 }), seeds, ({ requests, people }, seed) => {
        expect(solve(requests.toReversed(), people.toReversed(), seed)).toEqual(solve(requests, people, seed));
      }),
    );
  });

  test('more capacity never makes the wait of all longer, and leaves nobody without whom it had found', () => {
    fc.assert(
      fc.property(
        batches({ mostNeeds: 1 }),
        fc.constantFrom(...LOGINS),
        fc.nat(40),
        ({ requests, people }, who, cost) => {
          const grown = people.map((one) =>
            one.login === who ? { ...one, seats: [...one.seats, cost].sort((a, b) => a - b) } : one,
          );
          const [before, after] = [solve(requests, people), solve(requests, grown)];
          expect(waitOfAll(after)).toBeLessThanOrEqual(waitOfAll(before) + 1e-6);
          const missing = (result: typeof before, { ref: { number } }: Wanted): number =>
            result.queue.find(({ request }) => request.ref.number === number)?.missing ?? 0;
          for (const request of requests) expect(missing(after, request)).toBeLessThanOrEqual(missing(before, request));
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Whoever is still in the queue waits longer than anybody who has a reviewer. */
const waitOfAll = ({ hours, queue }: ReturnType<typeof solve>): number =>
  hours + queue.reduce((sum, { missing }) => sum + missing * 100_000, 0);
