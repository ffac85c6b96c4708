import { describe, expect, it } from 'vitest';
import { applyWaivers } from '../../../src/core/readiness/apply-waivers.ts';
import type { WaiverFacts } from '../../../src/core/readiness/readiness-facts.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import { NOW, ref } from '../build-facts.ts';
import { BASE_SHA, waiver, world } from './build-world.ts';
import { standing } from './draft-finding.ts';

const FINDINGS = [standing(), standing({ id: 'f2', criterion: 'base_ci', item: null })];

function apply(waivers: readonly WaiverFacts[], findings = FINDINGS) {
  const applied = applyWaivers(findings, world({ waivers: known(waivers) }));
  return {
    waived: applied.findings.filter(({ waivedBy }) => waivedBy !== null).map(({ id }) => id),
    states: applied.waivers.map(({ shown }) => `${shown.state}: ${shown.why}`),
  };
}

describe('applyWaivers', () => {
  const holds = ['active: it holds until 2026-06-01T00:00:00Z'];
  const rows: readonly [title: string, Partial<WaiverFacts>, waived: readonly string[], states: readonly string[]][] = [
    ['sets aside what fails on its item', {}, ['f1'], holds],
    ['sets aside a whole criterion', { item: null, criterion: 'base_ci' }, ['f2'], holds],
    ['sets aside one criterion of one item', { criterion: 'completion' }, ['f1'], holds],
    ['names an item in any case', { item: ref(2, 'Octo/Harbor') }, ['f1'], holds],
    ['holds on its base, also where the sha is short', { sha: BASE_SHA.slice(0, 8) }, ['f1'], holds],
    ['leaves other criteria of its item', { criterion: 'base_ci' }, [], ['unused: nothing that it names fails']],
    ['leaves other items', { item: ref(3) }, [], ['unused: nothing that it names fails']],
    ['never sets everything aside', { item: null }, [], ['unused: it names neither an item nor a criterion']],
    ['ends with its time', { until: NOW }, [], [`expired: it ended on ${NOW}`]],
    [
      'ends with its base',
      { sha: 'b'.repeat(40) },
      [],
      ['outdated: it holds for the base bbbbbbb, which is no longer the newest'],
    ],
    [
      'counts only from who may waive',
      { isAuthorised: false },
      [],
      ['unauthorised: its author may not waive: that takes write access'],
    ],
  ];
  for (const [title, input, waived, states] of rows) {
    it(title, () => expect(apply([waiver(input)])).toEqual({ waived, states }));
  }

  it('never sets aside what nobody knows or what is only told', () => {
    const findings = [standing({ effect: 'unknown' }), standing({ id: 'f2', effect: 'informs' })];
    expect(apply([waiver()], findings)).toEqual({ waived: [], states: ['unused: nothing that it names fails'] });
  });

  it('tells the same waiver whatever the order, and counts each that fits as used', () => {
    const two = [waiver({ by: 'noor' }), waiver({ item: null, criterion: 'completion' })];
    const by = (waivers: readonly WaiverFacts[]) =>
      applyWaivers(FINDINGS, world({ waivers: known(waivers) })).findings.map(({ waivedBy }) => waivedBy);
    expect(by(two)).toEqual(by(two.toReversed()));
    expect(apply(two).states).toEqual([...holds, ...holds]);
  });

  it('lists waivers by item, criterion and end, whole criteria first', () => {
    const waivers = [
      waiver({ item: ref(100) }),
      waiver({ item: ref(10), criterion: 'base_ci' }),
      waiver({ item: ref(10), criterion: 'completion', until: '2026-07-01T00:00:00Z' }),
      waiver({ item: ref(10), criterion: 'completion' }),
      waiver({ item: ref(10) }),
      waiver({ item: ref(9) }),
      waiver({ item: null, criterion: 'base_ci' }),
    ];
    const listed = (given: readonly WaiverFacts[]) =>
      applyWaivers(FINDINGS, world({ waivers: known(given) })).waivers.map(({ shown: { item, criterion, until } }) =>
        [item ?? 'all', criterion ?? 'all', until.slice(0, 7)].join(' '),
      );
    const order = [
      'all base_ci 2026-06',
      'octo/harbor#9 all 2026-06',
      'octo/harbor#10 all 2026-06',
      'octo/harbor#10 completion 2026-06',
      'octo/harbor#10 completion 2026-07',
      'octo/harbor#10 base_ci 2026-06',
      'octo/harbor#100 all 2026-06',
    ];
    expect([listed(waivers), listed(waivers.toReversed())]).toEqual([order, order]);
  });

  it('sets nothing aside where the waivers could not be read', () => {
    const facts = world({ waivers: unknown({ cause: 'forbidden', what: 'comments of octo/harbor' }) });
    expect(applyWaivers(FINDINGS, facts)).toEqual({ findings: FINDINGS, waivers: [] });
  });

  it('shows a waiver as it was written', () => {
    const [shown] = applyWaivers(FINDINGS, world({ waivers: known([waiver({ criterion: 'completion' })]) })).waivers;
    expect(shown?.shown).toEqual({
      id: expect.stringMatching(/^waiver-[\da-f]{8}$/),
      by: 'lena',
      reason: 'ships with the next one',
      item: 'octo/harbor#2',
      criterion: 'completion',
      until: '2026-06-01T00:00:00Z',
      sha: null,
      url: 'https://github.com/octo/harbor/issues/2#issuecomment-5',
      state: 'active',
      why: 'it holds until 2026-06-01T00:00:00Z',
    });
  });
});
