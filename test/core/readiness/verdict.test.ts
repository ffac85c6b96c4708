import { describe, expect, it } from 'vitest';
import type { CriterionResult } from '../../../src/core/readiness/report-schema.ts';
import { conditionsOf, type Decision, decide, expiryOf, headlineOf } from '../../../src/core/readiness/verdict.ts';

const TITLES: Readonly<Record<string, string>> = {
  completion: 'Completion',
  base_ci: 'Base CI',
  scope_integrity: 'Scope integrity',
};

const result = (
  weight: CriterionResult['weight'],
  outcome: CriterionResult['outcome'],
  id: CriterionResult['id'] = 'completion',
): CriterionResult => ({
  id,
  title: TITLES[id] ?? id,
  weight,
  outcome,
  measured: null,
  threshold: null,
  reason: '',
});

const FULL = { isEmpty: false };
const EMPTY = { isEmpty: true };

describe('decide', () => {
  const alone: readonly [CriterionResult['weight'], CriterionResult['outcome'], Decision][] = [
    ['blocking', 'pass', 'go'],
    ['blocking', 'fail', 'no_go'],
    ['blocking', 'unknown', 'unknown'],
    ['blocking', 'not_applicable', 'go'],
    ['blocking', 'waived', 'go'],
    ['informing', 'pass', 'go'],
    ['informing', 'fail', 'go'],
    ['informing', 'unknown', 'go'],
    ['informing', 'not_applicable', 'go'],
    ['informing', 'waived', 'go'],
  ];
  for (const [weight, outcome, decision] of alone) {
    it(`is ${decision} with a ${weight} criterion that is ${outcome}`, () =>
      expect(decide([result(weight, outcome), result('blocking', 'pass')], FULL)).toBe(decision));
  }

  it('is no_go with one that fails beside one that is unknown', () =>
    expect(decide([result('blocking', 'unknown'), result('blocking', 'fail')], FULL)).toBe('no_go'));

  it('is never go over an empty scope, and no_go where something fails all the same', () => {
    expect(decide([result('blocking', 'pass')], EMPTY)).toBe('unknown');
    expect(decide([result('blocking', 'fail'), result('blocking', 'unknown')], EMPTY)).toBe('no_go');
    expect(decide([result('informing', 'fail'), result('blocking', 'pass')], EMPTY)).toBe('unknown');
  });

  it('is unknown where nothing that blocks was judged', () => {
    expect(decide([], FULL)).toBe('unknown');
    expect(decide([result('informing', 'not_applicable'), result('blocking', 'not_applicable')], FULL)).toBe('unknown');
    expect(decide([result('informing', 'pass'), result('informing', 'fail')], FULL)).toBe('unknown');
    expect(decide([result('blocking', 'waived')], FULL)).toBe('go');
  });
});

describe('headlineOf', () => {
  const counts = new Map([
    ['completion', 2],
    ['base_ci', 1],
  ]);
  const headline = (
    decision: Decision,
    criteria: readonly CriterionResult[],
    emptyBecause: string | null = null,
  ): string => headlineOf({ decision, criteria, emptyBecause, counts, waiverCount: 0, unreadPolicy: null });

  it('names the criteria that decide, with how much is in the way', () => {
    const failing = result('blocking', 'fail');
    const unread = result('blocking', 'unknown', 'base_ci');
    expect([
      headline('no_go', [failing, unread, result('informing', 'fail')]),
      headline('unknown', [result('blocking', 'pass'), unread]),
      headline('unknown', [], 'no task carries the label nope'),
    ]).toEqual([
      'No-go: Completion (2)',
      'Unknown, nobody can tell: Base CI (1)',
      'Unknown: no task carries the label nope',
    ]);
  });

  it('calls a scope empty only where all of it could be read', () => {
    const base = result('blocking', 'unknown', 'base_ci');
    const criteria = [base, result('blocking', 'unknown', 'scope_integrity')];
    expect([
      headline('unknown', [base], 'nothing was merged'),
      headline('unknown', criteria),
      headline('unknown', [result('blocking', 'pass')]),
    ]).toEqual([
      'Unknown: nothing was merged',
      'Unknown, nobody can tell: Base CI (1), Scope integrity',
      'Unknown: the scope could not be read',
    ]);
  });

  it('tells beside what fails that the scope is empty', () =>
    expect(headline('no_go', [result('blocking', 'fail', 'base_ci')], 'no task carries the label nope')).toBe(
      'No-go: Base CI (1); no task carries the label nope',
    ));

  it('says that nothing is judged that could turn the verdict, and how to have it judged', () => {
    const how = 'set one under readiness.criteria in .github/parasol.yml to blocking, or leave it out there';
    expect([
      headline('unknown', [result('informing', 'not_applicable'), result('informing', 'not_applicable', 'base_ci')]),
      headline('unknown', [result('informing', 'pass'), result('informing', 'not_applicable', 'base_ci')]),
    ]).toEqual([`Unknown: no criterion is judged; ${how}`, `Unknown: no criterion that is judged blocks; ${how}`]);
  });

  it('says of a go how many waivers it rests on', () => {
    const criteria = [result('blocking', 'pass'), result('blocking', 'waived')];
    const withWaivers = (waiverCount: number) =>
      headlineOf({ decision: 'go', criteria, emptyBecause: null, counts, waiverCount, unreadPolicy: null });
    expect([1, 2].map(withWaivers)).toEqual([
      'Go, with 1 waiver: 1 of 2 criteria pass, none blocks',
      'Go, with 2 waivers: 1 of 2 criteria pass, none blocks',
    ]);
  });

  it('tells a go that everything passed from one that somebody waived or that has faults that only inform', () => {
    const pass = result('blocking', 'pass');
    expect([
      headline('go', [pass, pass, result('blocking', 'not_applicable')]),
      headline('go', [pass, result('blocking', 'waived'), result('informing', 'fail')]),
    ]).toEqual(['Go: 2 of 2 criteria pass', 'Go: 1 of 3 criteria pass, none blocks']);
  });
});

const WAIVER = {
  id: 'waiver-1',
  by: 'lena',
  reason: 'ships with the next one',
  item: 'octo/harbor#2',
  criterion: 'completion',
  until: '2026-06-01T00:00:00Z',
  sha: null,
  url: null,
  state: 'active',
  why: '',
} as const;

describe('conditionsOf', () => {
  it('says which waivers hold and what was not read, and nothing where nothing is to say', () => {
    const criteria = [result('blocking', 'pass')];
    const source = {
      source: 'checks',
      state: 'denied',
      missing: 'checks of main',
      permission: 'checks: read',
    } as const;
    const fine = { source: 'tasks', state: 'ok', missing: null, permission: null } as const;
    const none = { waivers: [], criteria, coverage: [fine], baseSha: 'a1', unreadWaivers: null, unreadPolicy: null };
    expect(conditionsOf(none)).toEqual([]);
    expect(
      conditionsOf({
        unreadPolicy: null,
        criteria,
        waivers: [WAIVER, { ...WAIVER, item: null }, { ...WAIVER, criterion: null }, { ...WAIVER, state: 'expired' }],
        coverage: [source, fine, { ...source, state: 'partial', missing: null, permission: null }],
        baseSha: null,
        unreadWaivers: 'comments of octo/harbor',
      }),
    ).toEqual([
      'octo/harbor#2, Completion waived by lena until 2026-06-01T00:00:00Z: ships with the next one',
      'Completion waived by lena until 2026-06-01T00:00:00Z: ships with the next one',
      'octo/harbor#2 waived by lena until 2026-06-01T00:00:00Z: ships with the next one',
      'no waiver counts: could not read comments of octo/harbor',
      'the newest commit of the base is not known',
      'checks may not be read: checks of main (needs checks: read)',
      'checks read in part',
    ]);
  });
});

describe('expiryOf', () => {
  it('ends after its time, or with the first waiver that holds', () => {
    const nowMs = Date.parse('2026-05-31T00:00:00Z');
    const at = (validSeconds: number, state: 'active' | 'expired') =>
      new Date(expiryOf({ nowMs, validSeconds, waivers: [{ ...WAIVER, state }] })).toISOString();
    expect([at(3_600, 'active'), at(7 * 86_400, 'active'), at(7 * 86_400, 'expired')]).toEqual([
      '2026-05-31T01:00:00.000Z',
      '2026-06-01T00:00:00.000Z',
      '2026-06-07T00:00:00.000Z',
    ]);
  });
});
