import type { PullRequestFacts } from './facts.ts';
import { type RepositoryRef, repositoryKey } from './identity.ts';

/** A branch for which something is to be ready; of other repositories the default branch is meant. */
export interface BranchOfRecord {
  readonly repository: RepositoryRef;
  readonly branch: string;
}

/** Of every repository, the branch whose word counts, as `branchKey` writes it. */
export type DecidingBranch = (repository: string) => string;

/** The key of a branch of `owner/repo`; null: its default branch, whose name not everybody knows. */
export const branchKey = (repository: string, branch: string | null): string =>
  `${repository.toLowerCase()}:${branch ?? ''}`;

export function branchOfKey(key: string): { readonly repository: string; readonly branch: string | null } {
  const at = key.indexOf(':');
  return { repository: key.slice(0, at), branch: key.slice(at + 1) || null };
}

/** Where a pull request goes, or went. */
export const baseKeyOf = ({ ref, isDefaultBase, baseRefName }: PullRequestFacts): string =>
  branchKey(repositoryKey(ref), isDefaultBase ? null : baseRefName);

/** Null: the default branch decides everywhere. Whether the one named is the default one, pull requests know. */
export function decidingBranch(
  asked: BranchOfRecord | null,
  pullRequests: ReadonlyMap<string, PullRequestFacts>,
): DecidingBranch {
  if (asked === null) return (repository) => branchKey(repository, null);
  const place = repositoryKey(asked.repository);
  const ofPlace = [...pullRequests.values()].filter(({ ref }) => repositoryKey(ref) === place);
  // Nothing may ever have gone into a release branch by a pull request: then those into the default one tell its name.
  const isOther = ofPlace.some(({ baseRefName, isDefaultBase }) => (baseRefName === asked.branch) !== isDefaultBase);
  const own = branchKey(place, isOther ? asked.branch : null);
  return (repository) => (repository === place ? own : branchKey(repository, null));
}
