import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issueMarker } from '../../../../src/core/issue-marker.ts';
import type { BackfillTask } from '../../../../src/core/umbrella/backfill/backfill-task.ts';
import { type Backfill, buildBackfill } from '../../../../src/core/umbrella/backfill/build-backfill.ts';
import { ref } from '../../build-facts.ts';
import { backfillTask, conflictsOf, MARKS, proposalsOf } from './backfill-task.ts';

const suggestFor = (...tasks: readonly BackfillTask[]): Backfill =>
  buildBackfill(tasks, { umbrellas: MARKS, host: 'github.com', suggest: true });

/** Seconds after the start of May 2026. */
const at = (seconds: number) => ({ createdAt: new Date(Date.UTC(2026, 4, 1) + seconds * 1_000).toISOString() });
const DAY = 86_400;

const epic = (number: number, title: string, more: Partial<BackfillTask>) =>
  backfillTask(number, { title, labels: ['epic'], ...more });

/** Two umbrellas ten days apart, each followed by its burst of tasks, and a task long after both. */
const harbor = [
  epic(1, 'Rebuild the pilot station', { ...at(0), body: 'Antenna, radio and berths of the pilot station.' }),
  backfillTask(2, { title: 'Replace the radio of the pilot station', ...at(20) }),
  backfillTask(3, { title: 'Paint the berths of the pilots', ...at(40) }),
  epic(4, 'Move the customs office', { ...at(10 * DAY), body: 'Desks, scanners and archive of customs.' }),
  backfillTask(5, { title: 'Move the archive of customs', ...at(10 * DAY + 15) }),
  backfillTask(6, { title: 'Order scanners for customs', ...at(10 * DAY + 30) }),
  backfillTask(7, { title: 'Fix a typo', ...at(200 * DAY) }),
];

const REVIEWED = [
  '#2 parent #1 by suggested: review',
  '#3 parent #1 by suggested: review',
  '#5 parent #4 by suggested: review',
  '#6 parent #4 by suggested: review',
];

const reviewed = (backfill: Backfill) => proposalsOf(backfill).filter((line) => line.endsWith(': review'));

describe('a suggestion', () => {
  test('goes to the umbrella whose burst and words a task shares, and to none where nothing speaks for one', () => {
    expect(reviewed(suggestFor(...harbor))).toEqual(REVIEWED);
  });

  test('shows the umbrella, the time between and the words in common', () => {
    expect(suggestFor(...harbor).proposals[0]).toEqual({
      child: ref(2),
      parent: ref(1),
      relation: 'parent',
      rule: 'suggested',
      confidence: expect.any(Number),
      tier: 'review',
      evidence: [
        { quote: 'Rebuild the pilot station', in: ref(1), line: null },
        { quote: 'created 20 s after it, which shares radio, pilot, station', in: ref(2), line: null },
      ],
    });
  });

  test('is not made unless it is asked for', () => {
    const backfill = buildBackfill(harbor, { umbrellas: MARKS, host: 'github.com', suggest: false });
    expect(backfill.proposals).toEqual([]);
  });

  test('is not made where a text states the parent, where it is recorded, or where texts conflict', () => {
    const [first, stated, recorded, second, torn, ...rest] = harbor;
    if (!first || !stated || !recorded || !second || !torn) throw new Error('the harbor is too small');
    const tasks = [
      first,
      { ...stated, body: 'Parent: #4' },
      { ...recorded, parent: ref(1) },
      second,
      { ...torn, body: 'Parent: #1\nEpic: #4' },
      ...rest,
    ];
    const backfill = suggestFor(...tasks);
    expect(proposalsOf(backfill).filter((line) => !line.endsWith(': ignore'))).toEqual([
      '#2 parent #4 by parent_line: apply',
      '#6 parent #4 by suggested: review',
    ]);
    expect(conflictsOf(backfill)).toEqual(['two_parents #5: #1, #4']);
  });

  test('never closes a circle with what is stated', () => {
    const [above, below] = [
      epic(1, 'Rebuild the pilot station', { ...at(0), body: 'Radio. Parent: none\n\nParent: #2' }),
      epic(2, 'Pilot station radio', { ...at(5), body: 'The pilot station and its radio: rebuild.' }),
    ];
    expect(proposalsOf(suggestFor(above, below))).toEqual(['#1 parent #2 by parent_line: apply']);
  });

  test('is not made across owners', () => {
    const foreign = harbor.map((task) =>
      task.labels.includes('epic') ? { ...task, ref: ref(task.ref.number, 'acme/port') } : task,
    );
    expect(suggestFor(...foreign).proposals).toEqual([]);
  });

  test('without any times rests on words', () => {
    expect(reviewed(suggestFor(...harbor.map((task) => ({ ...task, createdAt: null }))))).toEqual(REVIEWED);
  });

  test('goes one way only, where two umbrellas would be suggested to each other', () => {
    const twins = [
      epic(1, 'Rebuild the pilot station', { ...at(0), body: 'The pilot station and its radio: rebuild.' }),
      epic(2, 'Rebuild the pilot station', { ...at(1), body: 'The pilot station and its radio: rebuild.' }),
    ];
    const { proposals, conflicts } = suggestFor(...twins, ...harbor.slice(3));
    const between = proposals.filter(({ child, parent }) => child.number < 3 && parent.number < 3);
    expect([conflicts, between.length]).toEqual([[], 1]);
  });

  test('is not made for a task that a scaffold made, wherever it stands now', () => {
    const made = harbor.map((task) =>
      task.ref.number === 2 ? { ...task, body: issueMarker('scaffold/api/1') } : task,
    );
    expect(reviewed(suggestFor(...made))).toEqual(REVIEWED.slice(1));
  });

  test('is not made again where somebody took the link back', () => {
    const withdrawn = [{ child: ref(2), parent: ref(1) }];
    const backfill = buildBackfill(harbor, { umbrellas: MARKS, host: 'github.com', suggest: true, withdrawn });
    expect(proposalsOf(backfill)).not.toContain(REVIEWED[0]);
  });

  test('follows a stated link that somebody took back only when a person says so', () => {
    const stated = harbor.map((task) => (task.ref.number === 2 ? { ...task, body: 'Parent: #1' } : task));
    const withdrawn = [{ child: ref(2), parent: ref(1) }];
    const backfill = buildBackfill(stated, { umbrellas: MARKS, host: 'github.com', suggest: false, withdrawn });
    expect(proposalsOf(backfill)).toEqual(['#2 parent #1 by parent_line: review']);
  });

  test('goes to a task that has children, whatever it is called', () => {
    const plain = harbor.map((task) => ({
      ...task,
      labels: [],
      parent: [2, 3].includes(task.ref.number) ? ref(1) : null,
    }));
    const late = backfillTask(8, { title: 'Paint the radio of the pilot station', ...at(50) });
    expect(reviewed(suggestFor(...plain, late))).toContain('#8 parent #1 by suggested: review');
  });

  test('goes to a task that is called an umbrella, though no label says so', () => {
    const called = harbor.map((task) =>
      task.labels.includes('epic') ? { ...task, labels: [], title: `Epic: ${task.title}` } : task,
    );
    const links = proposalsOf(suggestFor(...called)).map((line) => line.replace(/: \w+$/, ''));
    expect(links).toEqual(REVIEWED.map((line) => line.replace(/: \w+$/, '')));
  });

  test('hears what is recorded of linked tasks', () => {
    const lonely = backfillTask(8, { title: 'Order tea', ...at(10 * DAY + 7_200) });
    const confidence = (tasks: readonly BackfillTask[]): number =>
      suggestFor(...tasks).proposals.find(({ child }) => child.number === 8)?.confidence ?? 0;
    const recorded = harbor.map((task) =>
      task.ref.number === 5 || task.ref.number === 6 ? { ...task, parent: ref(4) } : task,
    );
    const linked = confidence([...recorded, { ...lonely, blockers: [ref(5), ref(6)] }]);
    expect(linked).toBeGreaterThan(confidence([...recorded, lonely]));
  });
});

describe('the links that a repository has', () => {
  /** Thirty umbrellas a day apart. Whoever works here opens the tasks of one just before that of the next is a day old. */
  const quay = (linked: number): readonly BackfillTask[] =>
    Array.from({ length: 30 }, (_, day) => [
      epic(100 + day, `Quay ${'abcdefghijklmnopqrstuvwxyzäöüß'[day]}`, at(day * DAY)),
      ...[1, 2, 3].map((task) =>
        backfillTask(1_000 + 10 * day + task, {
          title: 'Mow the lawn',
          ...at((day + 1) * DAY - 3_600 * task),
          parent: day < linked ? ref(100 + day) : null,
        }),
      ),
    ]).flat();

  const rightOf = (linked: number): number =>
    suggestFor(...quay(linked)).proposals.filter(
      ({ child, parent, tier }) =>
        tier === 'review' && child.number >= 1_200 && Math.floor((child.number - 1_000) / 10) + 100 === parent.number,
    ).length;

  test('teach a ranking where its children stand, which the other histories would not have said', () => {
    expect([rightOf(0), rightOf(20)]).toEqual([0, 30]);
  });

  test('teach nothing where they are too few', () => {
    expect(rightOf(6)).toBe(0);
  });
});

describe('what the ranking does not see', () => {
  const confidences = ({ proposals }: Backfill) => proposals.map(({ confidence }) => confidence);

  test('the order of the tasks', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(harbor, { minLength: harbor.length }), (tasks) => {
        expect(suggestFor(...tasks)).toEqual(suggestFor(...harbor));
      }),
      { numRuns: 30 },
    );
  });

  test('numbers and planned ids, also where texts name them', () => {
    const renamed = harbor.map((task) => ({
      ...task,
      plannedId: `bd-x${task.ref.number}`,
      body: `${task.body} See bd-x7, #99 and https://github.com/octo/harbor/issues/98.`,
    }));
    const named = suggestFor(...renamed);
    const see = harbor.map((task) => ({ ...task, body: `${task.body} See , and .` }));
    expect(confidences(named)).toEqual(confidences(suggestFor(...see)));
    const moved = harbor.map((task) => ({ ...task, ref: ref(100 - task.ref.number) }));
    expect(confidences(suggestFor(...moved)).sort()).toEqual([...confidences(suggestFor(...harbor))].sort());
  });

  test('fractions of a second, which GitHub does not keep', () => {
    const later = harbor.map((task) => ({ ...task, createdAt: task.createdAt?.replace('.000Z', '.987Z') ?? null }));
    expect(suggestFor(...later)).toEqual(suggestFor(...harbor));
  });
});
