import { expect, test } from 'vitest';
import { checkPlan } from '../../../../src/core/plan/check-plan.ts';
import type { PlanDraft, PlanItem } from '../../../../src/core/plan/plan.ts';
import type { UmbrellaRoom } from '../../../../src/core/umbrella/links/plan-batches.ts';
import { levelProblem, placeInBatches } from '../../../../src/core/umbrella/scaffold/place-in-batches.ts';
import { ref } from '../../build-facts.ts';

const room = (childrenTotal: number, batches: UmbrellaRoom['batches'] = []): UmbrellaRoom => ({
  ref: ref(1),
  title: 'Harbor opens',
  above: 0,
  childrenTotal,
  movable: Array.from({ length: childrenTotal }, (_, n) => ref(200 - n)),
  batches,
});

const task = (id: string, selected = true): PlanItem => ({
  id,
  change: {
    kind: 'create_issue',
    repository: { owner: 'octo', repo: 'harbor' },
    parent: ref(1),
    key: id,
    title: id,
    body: '',
    labels: [],
    assignees: [],
    milestone: null,
    issueType: null,
  },
  needs: [],
  selected,
  evidence: [],
});
const wait: PlanItem = {
  id: 'after',
  change: { kind: 'add_blocker', on: { item: 'a' }, blocker: ref(1) },
  needs: [],
  selected: true,
  evidence: [],
};
const link: PlanItem = {
  id: 'link',
  change: { kind: 'add_sub_issue', parent: ref(1), child: ref(9), replaceParent: false },
  needs: [],
  selected: true,
  evidence: [],
};
const draft = (...items: readonly PlanItem[]): PlanDraft => ({
  kind: 'scaffold',
  repository: { owner: 'octo', repo: 'harbor' },
  umbrella: ref(1),
  items,
  notes: [],
});

/** Each item with where it puts a child; `?` before what is only offered. */
const places = (placed: PlanDraft | null) =>
  placed?.items.map(({ id, change, selected }) => {
    const parent = 'parent' in change ? change.parent : null;
    const where = parent === null ? '-' : 'item' in parent ? parent.item : `#${parent.number}`;
    return `${selected ? '' : '? '}${id} ${where}`;
  });

test('a draft that fits stays as it is', () => {
  const given = draft(task('a'), link, wait);
  expect(placeInBatches(given, room(98))).toEqual(given);
});

test('what does not fit goes into the batch that stands, made and linked children alike', () => {
  const batches = [{ ref: ref(50), number: 2, childrenTotal: 3 }];
  expect(places(placeInBatches(draft(task('a'), link, wait), room(99, batches)))).toEqual([
    'a #1',
    'link #50',
    'after -',
  ]);
});

test('a new batch is made first, and needed by what waits for its link', () => {
  const placed = placeInBatches(draft(task('a'), wait), room(100));
  expect(places(placed)).toEqual(['batch-2 -', 'room-batch-2 batch-2', 'link-batch-2 #1', 'a batch-2', 'after -']);
  expect(placed?.items.find(({ id }) => id === 'a')?.needs).toEqual(['link-batch-2']);
  expect(() => checkPlan(placed ?? draft())).not.toThrow();
});

test('what is only offered comes last, and its batch is offered with it', () => {
  const placed = placeInBatches(draft(task('a', false), task('b'), task('c', false)), room(98));
  expect(places(placed)).toEqual(['? batch-2 #1', '? a batch-2', 'b #1', '? c batch-2']);
});

test('more than 100 batches hold have no place', () => {
  const batches = Array.from({ length: 100 }, (_, n) => ({ ref: ref(300 + n), number: n + 2, childrenTotal: 100 }));
  expect(placeInBatches(draft(task('a')), { ...room(100, batches), movable: [] })).toBeNull();
});

test.each([
  ['on the last level', 0, 8, /is on the last of the 8 levels/],
  ['right above the last level, with a place left', 99, 7, null],
  [
    'right above the last level and full',
    100,
    7,
    /has 100 children, and a batch umbrella below it would put its tasks/,
  ],
  ['with room for a batch below it', 100, 6, null],
])('an umbrella %s', (_, children, above, problem) => {
  const where = { ...room(children), above };
  const placed = placeInBatches(draft(task('a')), where);
  const found = placed === null ? 'no place' : levelProblem(placed, where);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toMatch(problem);
});
