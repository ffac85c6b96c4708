import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_ID_PATTERNS,
  findPlannedIds,
  plannedIdOf,
  problemOfIdPattern,
} from '../../../src/core/task/planned-id.ts';

const ids = (text: string, patterns = DEFAULT_ID_PATTERNS) => findPlannedIds(text, patterns).map(({ id }) => id);

describe('findPlannedIds', () => {
  const cases: readonly [title: string, text: string, found: readonly string[]][] = [
    ['an id in a sentence', 'after P3.M1.T8, then', ['P3.M1.T8']],
    ['an id at both ends', 'P1.M1.T1', ['P1.M1.T1']],
    ['several ids in order', 'P1.M1.T2 and M7-T01', ['P1.M1.T2', 'M7-T01']],
    ['the longest grammar', 'see P1.M1.T1.S2', ['P1.M1.T1.S2']],
    ['ids in a branch name', 'feature/P1.M1.T1-login', ['P1.M1.T1']],
    ['ids before an underscore', 'P1.M1.T1_login', ['P1.M1.T1']],
    ['ids in lower case', 'p1.m1.t1-login', ['p1.m1.t1']],
    ['ids before a full stop', 'This is P1.M1.T1.', ['P1.M1.T1']],
    ['no id inside a word', 'xP1.M1.T1 P1.M1.T1x', []],
    ['no id with more parts than a grammar has', 'P1.M1.T1.S2.X3', []],
    ['no id behind a longer dotted name', 'v2.P1.M1.T1', []],
    ['nothing in a text without ids', 'closes #12', []],
  ];
  it.each(cases)('finds %s', (_title, text, found) => {
    expect(ids(text)).toEqual(found);
  });

  it('does not find an id in one that merely starts like it', () => {
    expect(ids('P1.M1.T10 P1.M1.T1.S2', ['P{phase}.M{milestone}.T1'])).toEqual([]);
    expect(ids('BACK-100.9', ['BACK-{task}'])).toEqual([]);
  });

  it('tells where each id starts', () => {
    expect(findPlannedIds('fix M7-T01', DEFAULT_ID_PATTERNS)).toEqual([{ id: 'M7-T01', index: 4 }]);
  });

  it('reads dots and dashes into {id}, letters and digits into other names', () => {
    expect(ids('bd-a3f8.1 and bd-x', ['bd-{id}'])).toEqual(['bd-a3f8.1', 'bd-x']);
    expect(ids('ABC1-7 AB.C-7', ['{team}-{task}'])).toEqual(['ABC1-7']);
  });

  it('takes no word for an id where a name of letters and digits stands right behind a letter', () => {
    expect(ids('TOPSECRET T1 T2b Task T', ['T{n}'])).toEqual(['T1', 'T2b']);
    expect(ids('setup', ['set{id}'])).toEqual(['setup']);
  });

  it('takes fixed text literally', () => {
    expect(ids('a+b1 aab1', ['a+b{task}'])).toEqual(['a+b1']);
  });

  it('finds every id that is written between spaces', () => {
    const id = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map(([p, m, t]) => `P${p}.M${m}.T${t}`);
    fc.assert(
      fc.property(fc.array(id), (written) => {
        expect(ids(written.join(' '))).toEqual(written);
      }),
    );
  });

  // Texts that lack what every id of the grammars has are not searched: no id may be lost by that.
  it('finds the same in a text whether or not more stands behind it', () => {
    const literal = fc.constantFrom('', 'P', 'bd-', 'K', 'ß', '.', '+', ']', '/x');
    const placeholder = fc.constantFrom('{phase}', '{id}', '{name}');
    const pattern = fc
      .tuple(literal, placeholder, literal, fc.option(placeholder, { nil: '' }))
      .map((all) => all.join(''));
    const word = fc.constantFrom('P12', 'bd-3a', '12', 'k4b', 'SS', '.7', '+8]', '/x9', 'ß1', 'a', '\u212a5');
    const text = fc.array(fc.tuple(word, fc.constantFrom(' ', '')), { maxLength: 4 }).map((all) => all.flat().join(''));
    const signs = 'P1 bd-1 K1 ß1 .1 +1 ]1 /x1 pP bd-d';
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), text, (patterns, searched) => {
        const inBoth = findPlannedIds(`${searched} ${signs}`, patterns);
        expect(findPlannedIds(searched, patterns)).toEqual(inBoth.filter(({ index }) => index < searched.length));
      }),
      { numRuns: 1_000 },
    );
  });

  // A backtracking engine does not come back from this one within the time that a test is given.
  it('comes to an end on a long text made to match again and again', () => {
    expect(ids('P1.'.repeat(20_000), ['{id}1', 'P{id}', 'P{phase}.{id}.{id}.{id}'])).toHaveLength(1);
  });
});

describe('plannedIdOf', () => {
  const cases: readonly [title: string, id: string | null][] = [
    ['P3.M1.T8: Load manifests', 'P3.M1.T8'],
    ['P3.M1.T8 Load manifests', 'P3.M1.T8'],
    ['[P3.M1.T8] Load manifests', 'P3.M1.T8'],
    ['P3.M1.T8', 'P3.M1.T8'],
    ['  P3.M1.T8.S1: x', 'P3.M1.T8.S1'],
    ['Load P3.M1.T8', null],
    ['[P3.M1.T8 Load', null],
    ['P3.M1.T8-load', null],
    ['P3.M1.T8.S1.X2: x', null],
    ['[bug] Load', null],
  ];
  it.each(cases)('of "%s" is %s', (title, id) => {
    expect(plannedIdOf({ title }, DEFAULT_ID_PATTERNS)).toBe(id);
  });

  it('takes a bracketed token only when a configured grammar matches it', () => {
    expect(plannedIdOf({ title: '[bd-0088] Create package' }, ['bd-{id}'])).toBe('bd-0088');
    expect(plannedIdOf({ title: '[bd-0088] Create package' }, DEFAULT_ID_PATTERNS)).toBeNull();
    expect(plannedIdOf({ title: '[BACK-100.9] Split' }, ['BACK-{id}'])).toBe('BACK-100.9');
  });

  it('is null without grammars', () => {
    expect(plannedIdOf({ title: 'P3.M1.T8' }, [])).toBeNull();
  });
});

describe('problemOfIdPattern', () => {
  const cases: readonly [pattern: string, problem: string | null][] = [
    ['P{phase}.M{milestone}.T{task}', null],
    ['bd-{id}', null],
    ['{team}-{task}', null],
    ['{id}', 'would match any word: write a fixed part such as `bd-{id}`'],
    ['T1', 'has no {placeholder}'],
    ['T {task}', 'has a space in it'],
    ['T{task', 'has a brace that is no {placeholder}'],
    [`T${'1'.repeat(90)}{task}`, 'is longer than 80 characters'],
  ];
  it.each(cases)('of "%s" is %s', (pattern, problem) => {
    expect(problemOfIdPattern(pattern)).toBe(problem);
  });
});
