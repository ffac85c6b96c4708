import type { PairRisk } from '../core/risk/pair-risk.ts';

const MOST_NAMED = 10;

/** That the base holds the commits of some heads already. */
export function mergedRemark(names: readonly string[], base: string): readonly string[] {
  if (names.length === 0) return [];
  if (names.length === 1) return [`${base} holds ${names[0]} already.`];
  return [`${base} holds ${names.length} of the heads already: ${someOf(names)}.`];
}

/** That it has all changes of some others as other commits: told apart, because nobody finds theirs in the base. */
export function containedRemark(names: readonly string[], base: string): readonly string[] {
  if (names.length === 0) return [];
  const whose = names.length === 1 ? names[0] : `${names.length} heads`;
  const which = names.length === 1 ? '' : `: ${someOf(names)}`;
  return [`The changes of ${whose} are already on ${base}: nothing is left to merge${which}.`];
}

/**
 * That some of these still conflict with others, because those hold their commits: what one of them took back again is a
 * change for whoever stands on it.
 */
export function stillMetRemark(contained: ReadonlySet<string>, pairs: readonly PairRisk[]): readonly string[] {
  const met = pairs.flatMap(({ a, b, finding }): readonly string[] => {
    if (contained.has(a) === contained.has(b) || !('files' in finding) || finding.files.length === 0) return [];
    const [empty, other] = contained.has(a) ? [a, b] : [b, a];
    return [`${empty} with ${other}`];
  });
  return met.length === 0
    ? []
    : [`Merged all the same, they would conflict: ${someOf(met)}. Close what has nothing left.`];
}

function someOf(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}
