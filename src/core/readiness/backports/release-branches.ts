import { compileGlob } from '../../glob.ts';

/** Of these names of branches those that `readiness.release_branches` means, the newest first: 3.10 is newer than 3.9. */
export function releaseBranches(names: readonly string[], globs: readonly string[], main: string): readonly string[] {
  const fits = globs.map(compileGlob);
  return names
    .filter((name) => name !== main && fits.some((isMeant) => isMeant(name)))
    .sort((a, b) => compareVersions(b, a));
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const [place, part] of left.entries()) {
    const other = right[place] ?? '';
    const order = Number(part) - Number(other);
    if (order !== 0 && !Number.isNaN(order)) return order;
    if (part !== other) return part < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** `release/3.10` is `release/`, `3`, `.`, `10`. */
const partsOf = (name: string): readonly string[] => name.match(/\d{1,15}|\D+/g) ?? [];

/**
 * By label: the branches that it asks for. A label of `readiness.backport_labels` with `{branch}` in it asks for
 * the branch of that name, or of that last part; one without for the newest of the branches alone.
 */
export function branchesByLabel(
  [newest, ...older]: readonly string[],
  patterns: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const branch of newest === undefined ? [] : [newest, ...older]) {
    const asking = patterns.filter((pattern) => branch === newest || pattern.includes('{branch}'));
    const spoken = asking.flatMap((pattern) => [branch, lastPart(branch)].map((name) => fill(pattern, name)));
    for (const label of new Set(spoken)) found.set(label, [...(found.get(label) ?? []), branch]);
  }
  return found;
}

const lastPart = (branch: string): string => branch.slice(branch.lastIndexOf('/') + 1);

const fill = (pattern: string, name: string): string => pattern.replaceAll('{branch}', () => name);
