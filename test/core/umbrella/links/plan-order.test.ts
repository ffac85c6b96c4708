import { expect, test } from 'vitest';
import { type Place, planOrder } from '../../../../src/core/umbrella/links/plan-order.ts';
import { ref } from '../../build-facts.ts';

const lists = [
  { parent: ref(1), children: [ref(2), ref(3), ref(4)] },
  { parent: ref(9), children: [ref(10), ref(11)] },
];
const order = (child: number, place: Place) => planOrder({ umbrella: ref(1), child: ref(child), place, lists });
const placed = (child: number, after: number | null, parent = 1) => ({
  kind: 'place_sub_issue',
  parent: ref(parent),
  child: ref(child),
  after: after === null ? null : ref(after),
});

test.each([
  ['first', 4, { kind: 'first' }, placed(4, null)],
  ['last', 2, { kind: 'last' }, placed(2, 4)],
  ['after a sibling', 4, { kind: 'after', sibling: ref(2) }, placed(4, 2)],
  ['before a sibling', 4, { kind: 'before', sibling: ref(3) }, placed(4, 2)],
  ['before the first', 4, { kind: 'before', sibling: ref(2) }, placed(4, null)],
  ['last of its batch', 10, { kind: 'last' }, placed(10, 11, 9)],
  ['where it stands, at the beginning', 2, { kind: 'first' }, null],
  ['where it stands, at the end', 4, { kind: 'last' }, null],
  ['where it stands, behind its neighbour', 3, { kind: 'after', sibling: ref(2) }, null],
  ['where it stands, in front of its neighbour', 3, { kind: 'before', sibling: ref(4) }, null],
] as const)('%s', (_where, child, place, change) => {
  expect(order(child, place)).toEqual(change);
});

test.each([
  ['an issue that is no child', 7, { kind: 'first' }, 'octo/harbor#7 is no child of octo/harbor#1.'],
  [
    'a neighbour that is no child',
    2,
    { kind: 'after', sibling: ref(7) },
    'octo/harbor#7 is no child of octo/harbor#1.',
  ],
  ['itself as a neighbour', 2, { kind: 'after', sibling: ref(2) }, 'octo/harbor#2 cannot stand next to itself.'],
  [
    'a neighbour in another batch',
    2,
    { kind: 'after', sibling: ref(10) },
    'octo/harbor#10 and octo/harbor#2 stand in different batches of octo/harbor#1.',
  ],
] as const)('refuses %s', (_what, child, place, message) => {
  expect(() => order(child, place)).toThrow(message);
});
