import { expect, test } from 'vitest';
import { checkPlan } from '../../../../src/core/plan/check-plan.ts';
import { planLinks } from '../../../../src/core/umbrella/links/plan-links.ts';
import { ref } from '../../build-facts.ts';
import { linkEnd } from './link-end.ts';

test('children of repositories with long names that begin alike get ids of their own that a plan takes', () => {
  const name = `octo/${'harbor-'.repeat(13)}`;
  const children = [1, 2].map((n) => linkEnd(7, { ref: ref(7, `${name}${n}`) }));
  const room = { ref: ref(1), title: 'Umbrella', above: 0, childrenTotal: 100, movable: [ref(2)], batches: [] };
  const { items } = planLinks({ umbrella: linkEnd(1, { childrenTotal: 100 }), room, children, moves: false });
  expect(items.map(({ change }) => change.kind)).toEqual([
    'create_issue',
    'add_sub_issue',
    'add_sub_issue',
    'add_sub_issue',
    'add_sub_issue',
  ]);
  expect(() => checkPlan({ items })).not.toThrow();
});
