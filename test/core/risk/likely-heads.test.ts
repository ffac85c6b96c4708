import { expect, test } from 'vitest';
import { likelyHeads } from '../../../src/core/risk/likely-heads.ts';

const heads = [
  ['feature/tides', 'e0a1b2c3d4'],
  ['feature/tidal', 'aa01b2c3d4'],
  ['fix-gate', 'bb01b2c3d4'],
  ['#12', 'cc01b2c3d4'],
  ['#123', 'dd01b2c3d4'],
  ['e0b', 'ff01b2c3d4'],
].map(([name = '', headSha = '']) => ({ name, headSha }));

test.each([
  ['the beginning of a commit, before a name that is nearly it', 'e0a', ['feature/tides', 'e0b']],
  ['a letter left out', 'feature/tide', ['feature/tides', 'feature/tidal']],
  ['capitals', 'Fix-Gate', ['fix-gate']],
  ['a part of a name', 'gate', ['fix-gate']],
  ['a digit too few', '#1', ['#12']],
  ['nothing alike', 'harbour-master', []],
  ['a single letter, which is nearly anything of one', 'x', []],
])('of %s', (_, word, names) => {
  expect(likelyHeads(word, heads).map(({ name }) => name)).toEqual(names);
});

test('names three at most', () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ name: `gate-${index}`, headSha: '' }));
  expect(likelyHeads('gate-x', many).map(({ name }) => name)).toEqual(['gate-0', 'gate-1', 'gate-2']);
});
