import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../../src/core/plan/check-plan.ts';
import type { PlanItem } from '../../../src/core/plan/plan.ts';
import { needsOf, resolveChange } from '../../../src/core/plan/resolve-change.ts';
import { ref } from '../build-facts.ts';
import { createItem, linkItem, planItem } from './build-plan.ts';

const waits = planItem('wait', { kind: 'add_blocker', on: { item: 'api' }, blocker: { item: 'web' } });

describe('checkPlan', () => {
  test('takes items that stand after all that they need', () => {
    expect(() => checkPlan({ items: [createItem('api'), createItem('web'), waits, linkItem(2)] })).not.toThrow();
  });

  const wrong: readonly [string, readonly PlanItem[], string][] = [
    ['an id twice', [linkItem(2), linkItem(2)], 'item link-2 has the id of an earlier one'],
    ['an id that is no word', [planItem('a b', linkItem(2).change)], 'item a b has an id that is no word'],
    ['a need that comes later', [waits, createItem('api')], 'item wait needs api, which does not stand before it'],
    ['a need that is not there', [linkItem(2, { needs: ['x'] })], 'item link-2 needs x, which'],
    ['an issue of an item that makes none', [{ ...linkItem(2), id: 'api' }, createItem('web'), waits], 'makes none'],
    ['a key that no marker can carry', [createItem('api', { key: 'k'.repeat(1001) })], 'takes 1 to 1000 characters'],
    [
      'a comment',
      [planItem('c', { kind: 'create_comment', on: ref(1), marker: '', body: '' })],
      'is a create_comment, which no plan may hold',
    ],
  ];
  test.each(wrong)('refuses %s', (_, items, message) => {
    expect(() => checkPlan({ items })).toThrow(message);
  });
});

describe('resolveChange', () => {
  test('puts made issues in their place, and gives null while one is missing', () => {
    expect(needsOf(waits)).toEqual(['api', 'web']);
    expect(resolveChange(waits.change, new Map([['api', ref(8)]]))).toBeNull();
    const made = new Map([
      ['api', ref(8)],
      ['web', ref(9)],
    ]);
    expect(resolveChange(waits.change, made)).toEqual({ kind: 'add_blocker', on: ref(8), blocker: ref(9) });
    expect(resolveChange(linkItem(2).change, new Map())).toEqual(linkItem(2).change);
  });
});
