import { describe, expect, it } from 'vitest';
import type { Criterion, DraftFinding } from '../../../src/core/readiness/criterion.ts';
import { concludeCriterion, judgeCriteria } from '../../../src/core/readiness/judge-criteria.ts';
import type { CriterionResult } from '../../../src/core/readiness/report-schema.ts';
import { configured, viewOf, world } from './build-world.ts';
import { draft } from './draft-finding.ts';

const criterion = (findings: readonly DraftFinding[], rest: Partial<Criterion> = {}, applies = true): Criterion => ({
  id: 'completion',
  title: 'Completion',
  blocksByDefault: true,
  isOfScope: () => true,
  judge: () => ({ applies, measured: null, threshold: null, reason: 'so it is', findings }),
  ...rest,
});

function outcomeOf(findings: readonly (DraftFinding & { waived?: boolean })[], applies = true): CriterionResult {
  const [judged] = judgeCriteria([criterion(findings, {}, applies)], viewOf(world()));
  if (judged === undefined) throw new Error('nothing was judged');
  const waivable = judged.findings.map((one) => ({ ...one, waivedBy: one.kind === 'waived' ? 'waiver-1' : null }));
  return concludeCriterion(judged, waivable);
}

const FAILS = draft({ kind: 'open_task' });
const WAIVED = draft({ kind: 'waived' });
const UNKNOWN = draft({ effect: 'unknown' });
const INFORMS = draft({ effect: 'informs' });

describe('concludeCriterion', () => {
  const rows: readonly [title: string, outcome: CriterionResult['outcome'], findings: readonly DraftFinding[]][] = [
    ['nothing found', 'pass', []],
    ['only what is worth knowing', 'pass', [INFORMS]],
    ['one that fails', 'fail', [FAILS]],
    ['one that fails beside a waived one', 'fail', [FAILS, WAIVED]],
    ['one that fails beside an unknown', 'fail', [FAILS, UNKNOWN]],
    ['an unknown', 'unknown', [UNKNOWN]],
    ['an unknown beside a waived one', 'unknown', [UNKNOWN, WAIVED]],
    ['all that fails waived', 'waived', [WAIVED, INFORMS]],
  ];
  for (const [title, outcome, findings] of rows) {
    it(`is ${outcome} with ${title}`, () => expect(outcomeOf(findings).outcome).toBe(outcome));
  }

  it('does not apply where nothing asks for it, whatever was found', () => {
    expect(outcomeOf([FAILS], false)).toEqual({
      id: 'completion',
      title: 'Completion',
      weight: 'blocking',
      outcome: 'not_applicable',
      measured: null,
      threshold: null,
      reason: 'so it is',
    });
  });

  it('says that everything is waived in place of what fails', () => {
    expect(outcomeOf([WAIVED]).reason).toBe('everything that fails is waived');
  });
});

describe('judgeCriteria', () => {
  const weightOf = (config: string, rest: Partial<Criterion> = {}): string | undefined =>
    judgeCriteria([criterion([], rest)], viewOf(world(), configured(config)))[0]?.weight;

  it('weighs a criterion as configured, else by its default', () => {
    expect([
      weightOf('version: 1'),
      weightOf('version: 1', { blocksByDefault: false }),
      weightOf('readiness: { criteria: { completion: informing } }'),
      weightOf('readiness: { criteria: { completion: blocking } }', { blocksByDefault: false }),
    ]).toEqual(['blocking', 'informing', 'informing', 'blocking']);
  });

  it('lets implemented age block where its limit is set', () => {
    const age = { id: 'implemented_age', blocksByDefault: false } as const;
    const limit = 'implemented_age: { blocking: 5d }';
    expect([
      weightOf('version: 1', age),
      weightOf(`readiness: { ${limit} }`, age),
      weightOf(`readiness: { ${limit}, criteria: { implemented_age: informing } }`, age),
    ]).toEqual(['informing', 'blocking', 'informing']);
  });

  it('does not ask a criterion that is off', () => {
    const judge = (): never => {
      throw new Error('was asked');
    };
    const view = viewOf(world(), configured('readiness: { criteria: { completion: off } }'));
    expect(judgeCriteria([criterion([], { judge })], view)).toMatchObject([
      { weight: 'informing', judgement: { applies: false, reason: 'left out by the configuration' }, findings: [] },
    ]);
  });

  it('names a finding by criterion, kind, item and part, and sets twins apart by their words', () => {
    const idsOf = (findings: readonly DraftFinding[]) =>
      judgeCriteria([criterion(findings)], viewOf(world()))[0]?.findings.map(({ id, why }) => [id, why]);
    const one = draft({ why: 'b' });
    const twin = draft({ why: 'a' });
    expect(idsOf([one, twin])).toEqual(idsOf([twin, one]));
    expect(idsOf([one, twin])).toEqual([
      ['open_task-8e05a629', 'a'],
      ['open_task-8e05a629-2', 'b'],
    ]);
    expect(new Set(idsOf([one, draft({ part: 'lint' }), draft({ kind: 'lost' })])?.map(([id]) => id)).size).toBe(3);
  });

  describe('where the scope could not be read in full', () => {
    const view = (config = 'version: 1') =>
      viewOf(
        world({ work: { gaps: [{ cause: 'forbidden', what: 'issues of octo/harbor', permission: 'issues: read' }] } }),
        configured(config),
      );
    const told = (criteria: readonly Criterion[], config?: string) =>
      judgeCriteria(criteria, view(config)).map((judged) => {
        const findings = judged.findings.map((one) => ({ ...one, waivedBy: null }));
        const { id, outcome, reason } = concludeCriterion(judged, findings);
        return [id, outcome, reason, findings.map(({ kind }) => kind)];
      });
    const UNREAD = 'the scope could not be read in full';
    const integrity = criterion([UNKNOWN], { id: 'scope_integrity' });

    it('takes whatever speaks for all of it for unknown at best, though nothing seemed to ask for it', () => {
      const base = criterion([], { id: 'base_ci', isOfScope: () => false });
      expect(told([criterion([]), criterion([], {}, false), criterion([FAILS]), base, integrity])).toEqual([
        ['completion', 'unknown', UNREAD, []],
        ['completion', 'unknown', UNREAD, []],
        ['completion', 'fail', 'so it is', ['open_task']],
        ['base_ci', 'pass', 'so it is', []],
        ['scope_integrity', 'unknown', 'so it is', ['open_task']],
      ]);
    });

    it('lets the first criterion that blocks say so where scope integrity does not', () => {
      const criteria = [criterion([], { blocksByDefault: false }), criterion([], { id: 'dependencies' }), integrity];
      expect(told(criteria, 'readiness: { criteria: { scope_integrity: informing } }')).toEqual([
        ['completion', 'unknown', UNREAD, []],
        ['dependencies', 'unknown', 'so it is', ['unread_scope']],
        ['scope_integrity', 'unknown', 'so it is', ['open_task']],
      ]);
    });

    it('leaves out what is off', () => {
      const off = 'readiness: { criteria: { completion: off } }';
      expect(told([criterion([])], off)).toEqual([
        ['completion', 'not_applicable', 'left out by the configuration', []],
      ]);
    });
  });
});
