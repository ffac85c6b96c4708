import { coversPath } from '../core/covers-path.ts';
import { UserError } from '../core/failure.ts';
import { findHeads } from '../core/risk/find-heads.ts';
import { type NamedHead, nameHeads } from '../core/risk/name-heads.ts';
import { listHeads, patternOf } from '../git/list-heads.ts';
import type { Repository } from '../git/open-repository.ts';
import type { RiskWish } from './risk-facts.ts';

/** GitHub's own names for the heads of pull requests, and what they are called in a clone that fetched them. */
const PULL_HEADS: readonly string[] = ['refs/pull/*/head', 'refs/remotes/pull/*'];

export interface HeadsWish extends Pick<RiskWish, 'heads' | 'only'> {
  readonly base: string;
}

interface OpenHeads {
  readonly named: readonly NamedHead[];
  /** What was asked for and is not there, and what there is too much of. */
  readonly remarks: readonly string[];
}

/** The refs of a clone that stand for open changes: pull requests by their numbers, then the others. Throws `not_found` for none. */
export async function listOpenHeads(repository: Repository, { heads, base, only }: HeadsWish): Promise<OpenHeads> {
  const patterns = heads ?? PULL_HEADS;
  const refs = await listHeads(repository, patterns, MOST_REFS);
  const named = nameHeads(refs).filter(({ ref }) => ref !== base && ref !== `refs/heads/${base}`);
  if (named.length === 0) throw noHeads(repository.path, patterns, await listHeads(repository, ['refs/']));
  const kept = newestOf(named, only ?? []);
  const unmatched = heads === undefined ? [] : await unmatchedOf(repository, heads, refs);
  return { named: kept, remarks: [...unmatchedRemark(unmatched), ...tooManyRemark(named.length, kept.length)] };
}

/** Far more than any repository has pull requests. */
const MOST_REFS = 1_000_000;
/** A mirror of a busy repository has those of all its closed pull requests too. */
const MOST_HEADS = 20_000;

/** The newest pull requests, then the first of the other refs; what is asked for by name always. */
function newestOf(named: readonly NamedHead[], asked: readonly string[]): readonly NamedHead[] {
  if (named.length <= MOST_HEADS) return named;
  const pulls = named.filter(({ number }) => number !== null).toReversed();
  const others = named.filter(({ number }) => number === null);
  const wanted = asked.flatMap((word) => findHeads(word, named));
  const kept = new Set([...wanted, ...pulls, ...others].slice(0, MOST_HEADS));
  return named.filter((head) => kept.has(head));
}

const tooManyRemark = (all: number, kept: number): readonly string[] =>
  all === kept
    ? []
    : [
        `Only ${kept} of ${all} heads are looked at, the newest pull requests first; of the others nothing is known. --heads names fewer.`,
      ];

/** Those of the patterns that no ref matches: a branch that is gone, or a name that is written wrong. */
async function unmatchedOf(
  repository: Repository,
  patterns: readonly string[],
  refs: readonly { readonly name: string }[],
): Promise<readonly string[]> {
  const names = new Set(refs.map(({ name }) => name));
  const isNamed = (pattern: string): boolean => {
    const wanted = patternOf(pattern);
    return names.has(wanted) || (!/[*?[]/.test(wanted) && [...names].some(coversPath(wanted)));
  };
  const rest = [...new Set(patterns)].filter((pattern) => !isNamed(pattern));
  const found: boolean[] = [];
  // One after the other: git alone knows what its patterns match, and there are few.
  for (const pattern of rest)
    found.push(/[*?[]/.test(pattern) && (await listHeads(repository, [pattern], 1)).length > 0);
  return rest.filter((_, place) => found[place] !== true);
}

const MOST_NAMED = 10;

function unmatchedRemark(patterns: readonly string[]): readonly string[] {
  if (patterns.length === 0) return [];
  const shown = patterns.slice(0, MOST_NAMED).map((pattern) => JSON.stringify(pattern));
  const more = patterns.length > MOST_NAMED ? ` and ${patterns.length - MOST_NAMED} more` : '';
  return [`No ref of this clone matches ${shown.join(', ')}${more}: nothing is known of what that meant.`];
}

function noHeads(path: string, heads: readonly string[], refs: readonly { readonly name: string }[]): UserError {
  const message = `${JSON.stringify(path)} has no ref but its base that matches ${heads.join(' or ')}`;
  const hint = heads.some(isOfPulls)
    ? "Fetch the pull requests (git fetch origin 'refs/pull/*/head:refs/remotes/pull/*'), or name others: --heads 'refs/heads/*'."
    : `It has ${foldersInWords(refs.map(({ name }) => name))}; a \`*\` stays within one part of a name.`;
  return new UserError('not_found', message, hint);
}

const isOfPulls = (pattern: string): boolean => /(?:^|\/)(?:pull|pr)s?(?:\/|$)/.test(pattern);

const MOST_FOLDERS = 5;

/** `3 of refs/heads/*`: as patterns, and the fullest first. */
function foldersInWords(refs: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of refs) {
    const pattern = PULL_HEADS.find((one) => isMatch(one, name)) ?? name.replace(/[^/]*$/, '*');
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, MOST_FOLDERS);
  return sorted.length === 0 ? 'no refs at all' : sorted.map(([pattern, count]) => `${count} of ${pattern}`).join(', ');
}

const isMatch = (pattern: string, name: string): boolean => {
  const parts = name.split('/');
  const wanted = pattern.split('/');
  return parts.length === wanted.length && wanted.every((part, at) => part === '*' || part === parts[at]);
};
