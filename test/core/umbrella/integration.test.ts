import { describe, expect, it } from 'vitest';
import { assessIntegration, type IntegrationFacts, type JudgedChild } from '../../../src/core/umbrella/integration.ts';
import { ref } from '../build-facts.ts';

const child = (input: Partial<JudgedChild> = {}): JudgedChild => ({
  ref: ref(2),
  state: 'done',
  missingArtifacts: [],
  unreadArtifacts: [],
  openBlockers: 0,
  nested: null,
  ...input,
});

const assess = (input: Partial<IntegrationFacts>) =>
  assessIntegration({
    children: [child()],
    unreadChildren: 0,
    ownBlockers: 0,
    gaps: [],
    areArtifactsConfigured: true,
    ...input,
  });

const told = (input: Partial<IntegrationFacts>) => {
  const { verdict, reasons } = assess(input);
  return [verdict, reasons.map((reason) => `${reason.criterion} ${reason.effect}: ${reason.text}`)];
};

describe('assessIntegration', () => {
  it('goes when every child is complete or dropped', () => {
    expect(assess({ children: [child(), child({ state: 'integrated' }), child({ state: 'dropped' })] })).toEqual({
      verdict: 'go',
      reasons: [],
      notJudged: ['gates'],
    });
  });

  const rows: readonly [title: string, Partial<IntegrationFacts>, ReturnType<typeof told>][] = [
    ['no child at all', { children: [] }, ['unknown', ['completion unknown: there is no child to integrate']]],
    [
      'only dropped children',
      { children: [child({ state: 'dropped' })] },
      ['unknown', ['completion unknown: there is no child to integrate']],
    ],
    [
      'an unfinished child',
      { children: [child({ state: 'in_progress' })] },
      ['no_go', ['completion blocks: octo/harbor#2 is in progress']],
    ],
    [
      'a missing field and an open blocker',
      { children: [child({ state: 'integrated', missingArtifacts: ['Evidence'], openBlockers: 2 })] },
      [
        'no_go',
        [
          'artifacts blocks: octo/harbor#2 has no valid Evidence',
          'dependencies blocks: octo/harbor#2 has 2 open blockers',
        ],
      ],
    ],
    [
      'a blocker of the umbrella itself',
      { ownBlockers: 1 },
      ['no_go', ['dependencies blocks: the umbrella has 1 open blocker']],
    ],
    [
      'an unknown child',
      { children: [child({ state: 'unknown' })] },
      ['unknown', ['completion unknown: the state of octo/harbor#2 is unknown']],
    ],
    [
      'a field that could not be looked for',
      { children: [child({ unreadArtifacts: ['Evidence'] })] },
      ['unknown', ['artifacts unknown: could not look for Evidence of octo/harbor#2']],
    ],
    [
      'a nested umbrella that is not known in full',
      { children: [child({ nested: 'unknown' })] },
      ['unknown', ['completion unknown: not everything under octo/harbor#2 could be read']],
    ],
    ['unread children', { unreadChildren: 2 }, ['unknown', ['coverage unknown: 2 children could not be read']]],
    [
      'a gap',
      { gaps: [{ cause: 'truncated', what: 'comments' }] },
      ['unknown', ['coverage unknown: could not read comments']],
    ],
    [
      'a block besides a gap',
      { children: [child({ state: 'blocked' })], unreadChildren: 1 },
      ['no_go', ['completion blocks: octo/harbor#2 is blocked', 'coverage unknown: 1 child could not be read']],
    ],
    [
      'private children, told together',
      {
        children: [
          child(),
          child({ ref: null, state: 'blocked', openBlockers: 1 }),
          child({ ref: null, state: 'unknown' }),
        ],
      },
      [
        'no_go',
        ['completion blocks: 1 private task is not ready', 'coverage unknown: 1 private task is not readable in full'],
      ],
    ],
  ];
  it.each(rows)('judges %s', (_title, facts, verdict) => {
    expect(told(facts)).toEqual(verdict);
  });

  it('says that unconfigured fields are not judged', () => {
    expect(assess({ areArtifactsConfigured: false }).notJudged).toEqual(['artifact fields', 'gates']);
  });

  it('leaves open what is not judged while nobody knows what the configuration asks for', () => {
    const gap = { cause: 'invalid', what: '.github/parasol.yml', about: 'configuration' } as const;
    expect(assess({ areArtifactsConfigured: false, gaps: [gap] })).toEqual({
      verdict: 'unknown',
      reasons: [{ criterion: 'coverage', effect: 'unknown', ref: null, text: 'could not read .github/parasol.yml' }],
      notJudged: [],
    });
  });
});
