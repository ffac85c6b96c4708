import { describe, expect, test } from 'vitest';
import { selectItems, wordsOf } from '../../../src/core/plan/select-items.ts';
import { ref } from '../build-facts.ts';
import { createItem, linkItem, planItem, planOf } from './build-plan.ts';

const blocked = planItem('block', { kind: 'add_blocker', on: { item: 'create-api' }, blocker: ref(9) });
const plan = planOf(linkItem(2), linkItem(3, { selected: false }), createItem('create-api'), blocked);

describe('selectItems', () => {
  test.each([
    ['everything that is selected', null, [], ['link-2', 'create-api', 'block']],
    ['ids', ['link-3'], [], ['link-3']],
    ['globs', ['LINK-*'], [], ['link-2', 'link-3']],
    ['a child by its number', ['#3'], [], ['link-3']],
    ['a child by its full name', ['octo/harbor#2'], [], ['link-2']],
    ['an umbrella, which means the issues that are made under it', ['#1'], [], ['create-api']],
    ['all but some', null, ['link-*'], ['create-api', 'block']],
    ['nothing', [], [], []],
  ])('chooses %s', (_, only, skip, chosen) => {
    expect(selectItems(plan, { only, skip }).chosen).toEqual(chosen);
  });

  test('leaves out what needs a left-out item, unless that was applied before', () => {
    const choice = { only: null, skip: ['create-api'] };
    expect(selectItems(plan, choice).leftOut).toEqual([
      { id: 'link-3', reason: 'only proposed: choose it with --only link-3' },
      { id: 'create-api', reason: 'skipped by name' },
      { id: 'block', reason: 'needs create-api, which is left out' },
    ]);
    expect(selectItems(plan, choice, new Set(['create-api'])).chosen).toEqual(['link-2', 'block']);
  });

  test('takes a set of ids letter for letter, and no issue for one of them', () => {
    const alike = planOf(linkItem(2), { ...linkItem(3), id: 'LINK-2' }, { ...linkItem(4), id: '3' });
    expect(selectItems(alike, { only: new Set(['link-2', '3']), skip: [] }).chosen).toEqual(['link-2', '3']);
  });

  test('takes an id for one name, whatever slashes are in it', () => {
    const elsewhere = planOf(linkItem(2), { ...linkItem(4), id: 'link-octo/dock4' });
    expect(selectItems(elsewhere, { only: ['link-*k4'], skip: [] }).chosen).toEqual(['link-octo/dock4']);
    expect(selectItems(elsewhere, { only: ['link-octo/*'], skip: [] }).chosen).toEqual(['link-octo/dock4']);
  });

  test('refuses a word that fits nothing', () => {
    expect(() => selectItems(plan, { only: ['link-2', '#77'], skip: [] })).toThrow(
      '--only #77 fits no item of the plan.',
    );
    expect(() => selectItems(plan, { only: null, skip: ['lnk-*'] })).toThrow('--skip lnk-* fits no item of the plan.');
  });

  test('takes commas and spaces between words', () => {
    expect(wordsOf(' link-2, #3,,x ')).toEqual(['link-2', '#3', 'x']);
  });
});
