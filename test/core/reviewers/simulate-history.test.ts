import { describe, expect, test } from 'vitest';
import { instantAt } from '../../../src/core/instant-at.ts';
import type { HistoryChange } from '../../../src/core/reviewers/simulation/build-history-world.ts';
import { buildHistoryWorld } from '../../../src/core/reviewers/simulation/build-history-world.ts';
import { reviewWorldSchema } from '../../../src/core/reviewers/simulation/review-world.ts';
import { simulateHistory } from '../../../src/core/reviewers/simulation/simulate-history.ts';

const START = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

/** Opened on a day since Monday, 2026-01-05, at noon UTC; merged a day later. */
const change = (number: number, day: number, given: Partial<HistoryChange> = {}): HistoryChange => ({
  number,
  author: 'tomas',
  reviewers: ['kim'],
  openedAt: instantAt(START + (day + 0.5) * DAY_MS),
  mergedAt: instantAt(START + (day + 1.5) * DAY_MS),
  changedLines: 62,
  changedLinesByDirectory: { src: 62 },
  ...given,
});

const days = (count: number): readonly number[] => Array.from({ length: count }, (_, day) => day);

describe('the world that a history lets suppose', () => {
  test('has in its pool whoever reviewed first three times, the busiest first', () => {
    const history = [
      ...days(5).map((day) => change(day, day, { reviewers: ['kim', 'lena'] })),
      ...days(3).map((day) => change(10 + day, day, { reviewers: ['ravi'] })),
      ...days(2).map((day) => change(20 + day, day, { reviewers: ['noor'] })),
    ];
    expect(buildHistoryWorld(history, 1)?.reviewers.map(({ id }) => id)).toEqual(['kim', 'ravi']);
  });

  test('takes two weeks without a sign for an absence, from the second day on', () => {
    const world = buildHistoryWorld(
      [0, 1, 2, 30, 31].map((day) => change(day, day)),
      1,
    );
    expect(world?.reviewers[0]?.away).toEqual([[3.5 * 24 + 48, 31.5 * 24]]);
  });

  test('has nobody away who wrote changes in between', () => {
    const own = [10, 20].map((day) => change(100 + day, day, { author: 'kim', reviewers: ['ravi'] }));
    const world = buildHistoryWorld([...[0, 1, 2, 30, 31].map((day) => change(day, day)), ...own], 1);
    expect(world?.reviewers[0]?.away).toEqual([]);
  });

  test('knows of a folder only what happened in it before', () => {
    const world = buildHistoryWorld(
      days(4).map((day) => change(day, day * 2)),
      1,
    );
    expect(world?.changes.map(({ familiarity, work }) => [familiarity, work])).toEqual([
      [{}, 1.25],
      [{ kim: 1 }, 1.25],
      [{ kim: 1 }, 1.25],
      [{ kim: 1 }, 1.25],
    ]);
  });

  test('counts what was open for months as open for 45 days before its merge', () => {
    const late = change(9, 60, { openedAt: instantAt(START - 200 * DAY_MS) });
    const world = buildHistoryWorld([...days(3).map((day) => change(day, day)), late], 1);
    expect(world?.changes.find(({ number }) => number === 9)?.openedAt).toBe(instantAt(START + 16.5 * DAY_MS));
  });

  test('is one that the benchmark reads, with budgets that the work just fills', () => {
    const world = buildHistoryWorld(
      days(40).map((day) => change(day, day)),
      3,
    );
    expect(reviewWorldSchema.parse(world)).toEqual(world);
    const [kim] = world?.reviewers ?? [];
    const hours = kim?.reviewHours.filter((hour) => hour < 41 * 24).length ?? 0;
    expect(hours * (kim?.budgetPerReviewDayAtFullUtilisation ?? 0)).toBeCloseTo(40 * 1.25 * 1.1, 0);
  });
});

describe('who opened a change for an agent', () => {
  /** Three of four are written by an agent under the login of kim. */
  const shared = (given: (place: number) => Partial<HistoryChange>) =>
    days(60).map((day) => change(day, day, { reviewers: [day % 4 === 0 ? 'kim' : 'ravi'], ...given(day) }));
  const ofAgent = shared((day) => (day % 4 > 0 ? { author: 'ada', openedBy: 'Kim' } : {}));

  test('is known to the world by the spelling of the pool, as an account of the agent is', () => {
    const bot = shared((day) => (day % 4 > 0 ? { author: '@RAVI[bot]', reviewers: ['kim', 'ravi'] } : {}));
    const authorsOf = (history: readonly HistoryChange[]) =>
      buildHistoryWorld([...history, ...shared(() => ({})).map((one) => ({ ...one, number: one.number + 100 }))], 1)
        ?.changes.filter(({ number }) => number === 1)
        .map(({ author, openedBy }) => ({ author, openedBy }));
    expect([authorsOf(ofAgent), authorsOf(bot)]).toEqual([
      [{ author: 'ada', openedBy: 'kim' }],
      [{ author: 'ravi', openedBy: null }],
    ]);
  });

  test('is given it neither today nor our way, and can be given all others', () => {
    const simulated = simulateHistory(ofAgent);
    const sides = simulated.kind === 'simulated' ? simulated.comparisons : [];
    const most = sides.flatMap(({ today, ours }) =>
      [today, ours].map(({ loads }) => loads.find(({ id }) => id === 'kim')?.asked ?? 0),
    );
    for (const asked of most) {
      expect(asked).toBeLessThanOrEqual(15);
      expect(asked).toBeGreaterThan(5);
    }
  });

  test('is no first reviewer of it in the pool, and stays one in the record', () => {
    const history = days(6).map((day) =>
      change(day, day, {
        ...{ author: 'ada', openedBy: 'kim', reviewers: day < 3 ? ['kim', 'ravi'] : ['kim'] },
        firstReviewAt: instantAt(START + (day + 0.75) * DAY_MS),
      }),
    );
    expect(buildHistoryWorld(history, 1)?.reviewers.map(({ id }) => id)).toEqual(['ravi']);
    expect(simulateHistory(history)).toMatchObject({
      record: { reviewed: 6, p50Hours: 6, unreviewed: 0 },
      doubts: expect.arrayContaining([{ kind: 'first_reviewer_drawn', count: 3 }]),
    });
  });
});

describe('today against ours', () => {
  test('with three people and little history still compares, and says what is supposed', () => {
    // Nine of ten to one of three, three a day.
    const history = days(90).map((place) =>
      change(place, Math.floor(place / 3), {
        reviewers: [{ 0: 'ravi', 10: 'noor' }[place % 20] ?? 'kim'],
      }),
    );
    const simulated = simulateHistory([...history, change(999, 5, { reviewers: ['guest'] })]);
    expect(simulated).toMatchObject({
      kind: 'simulated',
      changes: 91,
      from: '2026-01-05T00:00:00Z',
      until: '2026-02-04T00:00:00Z',
      record: null,
      doubts: [
        { kind: 'utilisation_supposed' },
        { kind: 'hours_drawn' },
        { kind: 'few_changes', count: 91 },
        { kind: 'few_reviewers', count: 3 },
        { kind: 'first_reviewer_drawn', count: 1 },
      ],
    });
    expect(simulated).toEqual(simulateHistory([...history, change(999, 5, { reviewers: ['guest'] })]));
    const comparisons = simulated.kind === 'simulated' ? simulated.comparisons : [];
    expect(comparisons.map(({ utilisation }) => utilisation)).toEqual([0.6, 0.8]);
    for (const { today, ours } of comparisons) {
      expect(today.loads.map(({ id }) => id).sort()).toEqual(['kim', 'noor', 'ravi']);
      const [most, mostOfOurs] = [today, ours].map(({ loads }) => Math.max(...loads.map(({ asked }) => asked)));
      expect(mostOfOurs).toBeLessThan(most ?? 0);
    }
  });

  test('tells of each person the share of the days on which changes were opened, not of those of settling', () => {
    const history = days(40).map((day) => change(day, day, { reviewers: [day % 2 === 0 ? 'kim' : 'ravi'] }));
    const simulated = simulateHistory(history);
    const sides = simulated.kind === 'simulated' ? simulated.comparisons : [];
    const shares = sides.flatMap(({ utilisation, today, ours }) =>
      [today, ours].map(({ loads }) => {
        const mean = loads.reduce((sum, load) => sum + (load.utilisation ?? 0), 0) / loads.length;
        return Math.abs(mean / utilisation - 1);
      }),
    );
    expect(shares).toHaveLength(4);
    expect(Math.max(...shares)).toBeLessThan(0.15);
  });

  test('knows no quantile beyond the changes that nobody can review, and says whose they are', () => {
    const own = days(5).map((day) => change(20 + day, day, { author: 'kim', reviewers: [] }));
    const simulated = simulateHistory([...days(5).map((day) => change(day, day)), ...own]);
    expect(simulated).toMatchObject({
      comparisons: [{ today: { figures: { p95Hours: null, undone: 5 } }, ours: { figures: { p95Hours: null } } }, {}],
    });
    expect(simulated.kind === 'simulated' ? simulated.doubts.at(-1) : null).toEqual({
      ...{ kind: 'sole_reviewer_wrote', count: 5, login: 'kim' },
    });
  });

  test('gives each change of today to whoever reviewed it, and none to its author', () => {
    const history = days(12).map((day) => change(day, day, { reviewers: [day % 2 === 0 ? 'kim' : 'ravi'] }));
    const simulated = simulateHistory(history);
    const [calm] = simulated.kind === 'simulated' ? simulated.comparisons : [];
    expect(calm?.today.loads.map(({ id, asked }) => [id, asked])).toEqual([
      ['kim', 6],
      ['ravi', 6],
    ]);
  });

  test.each([
    ['nothing', []],
    ['nobody who reviewed three', [change(1, 1), change(2, 2, { reviewers: [] })]],
  ])('of %s says that it is too little', (_, history) => {
    expect(simulateHistory(history)).toEqual({ kind: 'too_little', changes: history.length });
  });
});
