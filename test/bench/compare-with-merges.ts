import { type BaseFinding, type ConflictReport, findingOf } from '../../src/core/risk/conflict-report.ts';
import type { PairFinding } from '../../src/core/risk/pair-risk.ts';
import type { RealMerge, RealOutcome } from '../git/real-merge.ts';

export interface Comparison {
  readonly compared: number;
  readonly agreed: number;
  readonly conflicts: number;
  /** git itself stopped with a bug. */
  readonly broken: number;
  /** The first few, in words. */
  readonly differences: readonly string[];
}

/** What `compareWithMerges` cannot judge: pairs with a merged or unknown head, or with two that conflict with the base. */
export type ComparedPair = readonly [string, string];

/**
 * Merges pairs for real and compares verdict and conflicting files. First every head with the base: one difference there
 * counts like one of a pair.
 */
export function compareWithMerges(
  report: ConflictReport,
  pairs: readonly ComparedPair[],
  oracle: RealMerge,
): Comparison {
  const heads = new Map(report.heads.map((head) => [head.name, head]));
  const differences: string[] = [];
  let [compared, agreed, conflicts, broken] = [0, 0, 0, 0];
  const note = (what: string, ours: string, theirs: string): void => {
    compared += 1;
    if (ours === theirs) agreed += 1;
    else differences.push(`${what}: trial says ${ours}, git merge says ${theirs}`);
  };
  const real = new Map<string, RealOutcome>();
  for (const { name, commit, onBase } of report.heads) {
    if (onBase.verdict === 'merged' || onBase.verdict === 'unknown') continue;
    const found = oracle.single(report.base.commit, commit);
    real.set(name, found);
    if (found === 'broken') broken += 1;
    else note(name, wordsOfBase(onBase), wordsOf(found === null ? null : [...found.keys()]));
  }
  const inOrder = pairs.map((pair) => ordered(report, pair)).sort((one, other) => (one[0] < other[0] ? -1 : 1));
  for (const [first, second] of inOrder) {
    const [one, two] = [heads.get(first), heads.get(second)];
    const before = real.get(second);
    if (
      one === undefined ||
      two === undefined ||
      real.get(first) !== null ||
      before === undefined ||
      before === 'broken'
    )
      continue;
    const found = oracle.pair(report.base.commit, one.commit, two.commit);
    if (found === 'first conflicts') continue;
    if (found === 'broken') {
      broken += 1;
      continue;
    }
    const fresh = found === null ? null : freshIn(found, before);
    const files = fresh !== null && before !== null && fresh.length === 0 ? null : fresh;
    if (files !== null) conflicts += 1;
    note(`${first} then ${second}`, wordsOfPair(findingOf(report, first, second)), wordsOf(files));
  }
  return { compared, agreed, conflicts, broken, differences: differences.slice(0, 10) };
}

/** As `findConflicts` tells: a stack from below, else as given, unless only the first of the two conflicts with the base. */
function ordered(report: ConflictReport, [a, b]: ComparedPair): ComparedPair {
  const finding = findingOf(report, a, b);
  if (finding.basis === 'verified' && finding.verdict === 'depends_on') return [finding.on, finding.dependent];
  const verdictOf = (name: string): string | undefined =>
    report.heads.find((head) => head.name === name)?.onBase.verdict;
  return verdictOf(a) === 'conflict' && verdictOf(b) === 'clean' ? [b, a] : [a, b];
}

/** Files that conflict only after the first, or in more places than without it. */
const freshIn = (found: ReadonlyMap<string, number>, before: ReadonlyMap<string, number> | null): readonly string[] =>
  [...found].flatMap(([path, marks]) => (marks > (before?.get(path) ?? -1) ? [path] : []));

function wordsOf(files: readonly string[] | null): string {
  return files === null ? 'clean' : `conflict in ${JSON.stringify([...files].sort())}`;
}

function wordsOfBase(finding: BaseFinding): string {
  return finding.verdict === 'conflict' ? wordsOf(finding.files.map(({ path }) => path)) : finding.verdict;
}

function wordsOfPair(finding: PairFinding): string {
  if (finding.basis === 'estimated') return 'an estimate';
  if (finding.verdict === 'conflict') return wordsOf(finding.files.map(({ path }) => path));
  if (finding.verdict === 'depends_on')
    return wordsOf(finding.files.length === 0 ? null : finding.files.map(({ path }) => path));
  return finding.verdict;
}
