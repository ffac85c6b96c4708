import { type NamedHead, nameHeads } from './name-heads.ts';

/** As short as git lets an id be by default. */
const COMMIT_ID = /^[0-9a-f]{7,64}$/;

/**
 * The heads that a word means: one called so; else one whose ref it names, whole or without `refs/`, `refs/heads/` or
 * `refs/remotes/` (a pull request's by any of its names); else all whose commit begins with it, of seven digits or more.
 */
export function findHeads(word: string, heads: readonly NamedHead[]): readonly NamedHead[] {
  const called = heads.filter(({ name }) => name === word);
  if (called.length > 0) return called;
  const refs = ['', 'refs/', 'refs/heads/', 'refs/remotes/'].map((prefix) => `${prefix}${word}`);
  const pulls = nameHeads(refs.map((name) => ({ name, commit: '' }))).filter(({ number }) => number !== null);
  const numbers = new Set(pulls.map(({ number }) => number));
  const named = heads.filter(({ ref, number }) => refs.includes(ref) || (number !== null && numbers.has(number)));
  if (named.length > 0) return named;
  return COMMIT_ID.test(word) ? heads.filter(({ commit }) => commit.startsWith(word)) : [];
}
