import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Eligibility, INELIGIBLE, type Ineligible } from '../../../src/core/reviewers/review-facts.ts';
import { countTold, tellReasons } from '../../../src/core/reviewers/telling-reasons.ts';

const against = (login: string, ...reasons: readonly Ineligible[]): Eligibility =>
  reasons.length === 0 ? { login, isEligible: true } : { login, isEligible: false, reasons };

const tell = (
  all: readonly Eligibility[],
  chosen: readonly string[],
  { viewer = null, full = [] }: { readonly viewer?: string | null; readonly full?: readonly string[] } = {},
) => Object.fromEntries(tellReasons(all, { chosen, viewer, full: new Set(full), isNobodyFound: chosen.length === 0 }));

describe('an absence', () => {
  test('is told as being passed over, where somebody was chosen', () => {
    const all = [against('kim', 'away'), against('ravi'), against('noor'), against('lena', 'at_capacity')];
    expect(tell(all, ['ravi'])).toEqual({
      kim: { kind: 'passed_over' },
      ravi: { kind: 'chosen' },
      noor: { kind: 'passed_over' },
      lena: { kind: 'passed_over' },
    });
  });

  test('is told as not being available, where nobody was found', () => {
    const all = [against('kim', 'away'), against('lena', 'at_capacity'), against('noor', 'away', 'at_capacity')];
    expect(tell(all, [])).toEqual({
      kim: { kind: 'not_available' },
      lena: { kind: 'not_available' },
      noor: { kind: 'not_available' },
    });
  });

  test('changes nothing where all can read that there is no room, and nothing is said of room where somebody was found', () => {
    const all = [against('Kim', 'away'), against('lena', 'at_capacity'), against('noor', 'away')];
    const full = ['kim', 'lena'];
    expect(tell(all, [], { full })).toEqual({
      Kim: { kind: 'no_room' },
      lena: { kind: 'no_room' },
      noor: { kind: 'not_available' },
    });
    expect(tell([...all, against('ravi')], ['ravi'], { full }).Kim).toEqual({ kind: 'passed_over' });
    expect(tell([against('kim', 'author', 'at_capacity')], [], { full }).kim).toEqual({
      kind: 'not_eligible',
      reasons: ['author'],
    });
  });

  test('is told so in the smallest team, too, whoever reads it', () => {
    const two = [against('kim', 'away'), against('ravi')];
    const readers = [null, 'ravi', 'noor'].map((viewer) => tell(two, ['ravi'], { viewer }));
    expect(readers).toEqual(Array(3).fill({ kim: { kind: 'passed_over' }, ravi: { kind: 'chosen' } }));
  });

  test('is told so where nobody is looked for, as for a draft', () => {
    const told = tellReasons([against('kim', 'away')], {
      ...{ chosen: [], viewer: null, full: new Set(['kim']) },
      isNobodyFound: false,
    });
    expect([...told]).toEqual([['kim', { kind: 'passed_over' }]]);
  });

  test('is left out beside reasons that all may know', () => {
    expect(tell([against('kim', 'co_author', 'away', 'at_capacity')], [])).toEqual({
      kim: { kind: 'not_eligible', reasons: ['co_author'] },
    });
  });

  test('is told to the person', () => {
    expect(tell([against('Kim', 'away', 'at_capacity')], [], { viewer: 'kim' })).toEqual({
      Kim: { kind: 'not_eligible', reasons: ['away', 'at_capacity'] },
    });
  });

  test('changes nothing that others are told, against one who is passed over or full', () => {
    const reasons = fc.subarray([...INELIGIBLE]);
    const people = fc.array(reasons, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(people, fc.nat(), fc.subarray(['p0', 'p1', 'p2']), (all, pick, full) => {
        const named = all.map((some, index) => against(`p${index}`, ...some));
        const free = named.filter(({ isEligible }) => isEligible).map(({ login }) => login);
        const chosen = free.slice(0, pick % (free.length + 1));
        // Without absences, and who is then free for it full instead.
        const without = named.map((one, index) => {
          const some = (all[index] ?? []).filter((reason) => reason !== 'away');
          return one.isEligible || some.length > 0 ? against(one.login, ...some) : against(one.login, 'at_capacity');
        });
        expect(tell(named, chosen, { full })).toEqual(tell(without, chosen, { full }));
      }),
    );
  });

  test('cannot be told from being passed over, where there is somebody else who was', () => {
    const others = [against('ravi'), against('noor')];
    const [away, free, full] = [['away'], [], ['at_capacity']] as const;
    const tellings = [away, free, full].map((some) => tell([against('kim', ...some), ...others], ['ravi']));
    expect(new Set(tellings.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  test('does not show in the counts', () => {
    const all = [against('kim', 'away'), against('ravi'), against('noor'), against('lena', 'author', 'away')];
    expect(Object.fromEntries(countTold(Object.values(tell(all, ['ravi']))))).toEqual({
      chosen: 1,
      passed_over: 2,
      author: 1,
    });
  });
});
