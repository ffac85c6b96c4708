import { coversPath } from '../covers-path.ts';

/**
 * Whether two patterns can mean the same file: a plain path is a file or a folder, and each covers what is below it. Of two
 * globs `maybe`, unless the folders before their first star keep them apart.
 */
export function pathsMeet(a: string, b: string): 'yes' | 'no' | 'maybe' {
  if (a === b || coversPath(a)(b) || coversPath(b)(a)) return 'yes';
  if (!isGlob(a) && !isGlob(b)) return 'no';
  const [one, other] = [fixedFolders(a), fixedFolders(b)];
  if ((!isGlob(a) && isBelow(other, one)) || (!isGlob(b) && isBelow(one, other))) return 'yes';
  return isBelow(one, other) || isBelow(other, one) ? 'maybe' : 'no';
}

const isGlob = (pattern: string): boolean => /[*?]/.test(pattern);

/** The folders of a glob before its first star; all of a plain path. */
function fixedFolders(pattern: string): readonly string[] {
  const parts = pattern.split('/');
  const first = parts.findIndex(isGlob);
  return first < 0 ? parts : parts.slice(0, first);
}

const isBelow = (below: readonly string[], above: readonly string[]): boolean =>
  above.every((folder, index) => below[index] === folder);
