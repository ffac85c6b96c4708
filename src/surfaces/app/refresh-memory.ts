import { LRUCache } from 'lru-cache';
import { type KnownConflicts, knownConflictsOf } from '../../core/risk/known-conflicts.ts';
import type { RiskOfPullRequest } from '../../core/risk/risk-of-pull-request.ts';
import { type Ref, type RepositoryRef, refKey, repositoryKey } from '../../core/task/identity.ts';
import type { WrittenComment } from '../../operations/apply-changes.ts';
import type { RefreshResult } from '../../operations/refresh-rollup.ts';

/** What this process remembers of its last refreshes; GitHub knows all of it, but not at once, or not any more. */
export interface RefreshMemory {
  note(result: RefreshResult): void;
  /** The comment as a refresh wrote it last: GitHub may not show it yet. */
  commentOn(umbrella: Ref): WrittenComment | null;
  /** Takes what was found of a repository's pull requests in place of what was before; those of which that is news. */
  noteRisks(repository: RepositoryRef, risks: readonly RiskOfPullRequest[]): readonly Ref[];
  /** What is known of conflicts, by pull request. */
  readonly conflicts: ReadonlyMap<string, KnownConflicts>;
  /** Umbrellas whose last rollup shows the pull request, although it may no longer name any of their tasks. */
  umbrellasShowing(pullRequest: Ref): readonly Ref[];
}

interface ShownPullRequests {
  readonly umbrella: Ref;
  readonly pullRequests: ReadonlySet<string>;
}

const REMEMBERED_UMBRELLAS = 5000;
/** Longer than any answer of GitHub has been seen to be stale. */
const REMEMBERED_COMMENT_MS = 60_000;

export function createRefreshMemory(): RefreshMemory {
  const umbrellas = new LRUCache<string, ShownPullRequests>({ max: REMEMBERED_UMBRELLAS });
  const comments = new LRUCache<string, WrittenComment>({ max: REMEMBERED_UMBRELLAS, ttl: REMEMBERED_COMMENT_MS });
  const conflicts = new Map<string, KnownConflicts & { readonly of: Ref }>();

  const noteRisks = (repository: RepositoryRef, risks: readonly RiskOfPullRequest[]): readonly Ref[] => {
    const before = [...conflicts.values()].filter(({ of }) => repositoryKey(of) === repositoryKey(repository));
    const found = risks.map((risk) => ({ of: risk.pullRequest, ...knownConflictsOf(risk) }));
    const after = found.filter((one) => one.conflicts.length > 0);
    for (const { of } of before) conflicts.delete(refKey(of));
    for (const one of after) conflicts.set(refKey(one.of), one);
    const said = new Set(before.map((one) => JSON.stringify(one)));
    const holds = new Set(after.map((one) => JSON.stringify(one)));
    const isNews = (one: (typeof after)[number]): boolean =>
      said.has(JSON.stringify(one)) !== holds.has(JSON.stringify(one));
    return [...new Map([...before, ...after].filter(isNews).map(({ of }) => [refKey(of), of])).values()];
  };
  return {
    noteRisks,
    conflicts,
    note: (result) => {
      const key = refKey(result.umbrella);
      const shown = result.rollup.children.flatMap((child) => child.pullRequests.map(({ ref }) => refKey(ref)));
      umbrellas.set(key, { umbrella: result.umbrella, pullRequests: new Set(shown) });
      for (const { comment } of result.changes) if (comment !== undefined) comments.set(key, comment);
    },
    commentOn: (umbrella) => comments.get(refKey(umbrella)) ?? null,
    umbrellasShowing: (pullRequest) =>
      [...umbrellas.values()]
        .filter(({ pullRequests }) => pullRequests.has(refKey(pullRequest)))
        .map(({ umbrella }) => umbrella),
  };
}
