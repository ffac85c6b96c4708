import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRef, parseRef, type Ref, refKey, repositoryKey, sameRef } from '../../../src/core/task/identity.ts';
import { DEFAULT_ID_PATTERNS } from '../../../src/core/task/planned-id.ts';

const harbor = { owner: 'octo', repo: 'harbor' };
const options = { defaultRepository: harbor, ids: DEFAULT_ID_PATTERNS };

describe('parseRef', () => {
  const cases: readonly [text: string, parsed: Ref | { plannedId: string } | null][] = [
    ['#12', { ...harbor, number: 12 }],
    ['12', { ...harbor, number: 12 }],
    [' 12 ', { ...harbor, number: 12 }],
    ['o/r#12', { owner: 'o', repo: 'r', number: 12 }],
    ['o/r.js_x-1#12', { owner: 'o', repo: 'r.js_x-1', number: 12 }],
    ['https://github.com/o/r/issues/12', { owner: 'o', repo: 'r', number: 12 }],
    ['https://github.com/o/r/pull/12/files#diff-1', { owner: 'o', repo: 'r', number: 12 }],
    ['https://github.example.org/o/r/issues/12?x=1', { owner: 'o', repo: 'r', number: 12 }],
    ['P3.M1.T8', { plannedId: 'P3.M1.T8' }],
    ['p3.m1.t8', { plannedId: 'p3.m1.t8' }],
    ['P3.M1.T8 and more', null],
    ['o/r12', null],
    ['#0', null],
    ['#', null],
    ['', null],
    ['https://github.com/o/r/milestone/12', null],
    ['https://github.com/o/r/issues/12 x', null],
  ];
  it.each(cases)('reads "%s"', (text, parsed) => {
    expect(parseRef(text, options)).toEqual(parsed);
  });

  it('does not read a bare number without a default repository', () => {
    expect(parseRef('#12', { defaultRepository: null, ids: [] })).toBeNull();
  });

  it('reads back what formatRef writes', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}$/);
    fc.assert(
      fc.property(name, name, fc.integer({ min: 1, max: 1e9 }), (owner, repo, number) => {
        const ref = { owner, repo, number };
        expect(parseRef(formatRef(ref), options)).toEqual(ref);
        expect(parseRef(formatRef(ref, ref), { ...options, defaultRepository: ref })).toMatchObject(ref);
      }),
    );
  });
});

describe('keys', () => {
  it('ignore case, as GitHub does', () => {
    expect(refKey({ owner: 'Octo', repo: 'Harbor', number: 3 })).toBe('octo/harbor#3');
    expect(repositoryKey({ owner: 'Octo', repo: 'Harbor' })).toBe('octo/harbor');
    expect(sameRef({ owner: 'Octo', repo: 'Harbor', number: 3 }, { ...harbor, number: 3 })).toBe(true);
    expect(sameRef({ ...harbor, number: 4 }, { ...harbor, number: 3 })).toBe(false);
  });
});

describe('formatRef', () => {
  it('leaves the repository out only next to the same one', () => {
    const ref = { ...harbor, number: 3 };
    expect([formatRef(ref), formatRef(ref, harbor), formatRef(ref, { owner: 'octo', repo: 'quay' })]).toEqual([
      'octo/harbor#3',
      '#3',
      'octo/harbor#3',
    ]);
  });
});
