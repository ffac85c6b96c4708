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

/** Of the labels of a repository those that ask for a branch by a name that none of these has. */
export function labelsAstray(
  labels: readonly string[],
  branches: readonly string[],
  patterns: readonly string[],
): readonly string[] {
  const known = new Set([...branchesByLabel(branches, patterns).keys(), ...patterns].map((name) => name.toLowerCase()));
  const named = patterns.filter((pattern) => pattern.includes(BRANCH) && pattern !== BRANCH);
  return labels.filter((label) => !known.has(label.toLowerCase()) && named.some((pattern) => asksFor(pattern, label)));
}

const BRANCH = '{branch}';

function asksFor(pattern: string, label: string): boolean {
  const [before = '', after = ''] = pattern.toLowerCase().split(BRANCH);
  const spoken = label.toLowerCase();
  return spoken.length > before.length + after.length && spoken.startsWith(before) && spoken.endsWith(after);
}

/** What every label begins with that names a branch: GitHub looks for a text in the names of labels. */
export function labelBeginning(patterns: readonly string[]): string {
  const [first = '', ...others] = patterns.flatMap((one) => (one.includes(BRANCH) ? [one.split(BRANCH)[0] ?? ''] : []));
  let length = 0;
  while (length < first.length && others.every((one) => one[length] === first[length])) length += 1;
  return first.slice(0, length).trim();
}

const lastPart = (branch: string): string => branch.slice(branch.lastIndexOf('/') + 1);

const fill = (pattern: string, name: string): string => pattern.replaceAll('{branch}', () => name);
