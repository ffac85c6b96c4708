import { LRUCache } from 'lru-cache';
import { type Ref, refKey } from '../../core/task/identity.ts';
import type { WrittenComment } from '../../operations/apply-changes.ts';
import type { RefreshResult } from '../../operations/refresh-rollup.ts';

/** What this process remembers of its last refreshes; GitHub knows all of it, but not at once, or not any more. */
export interface RefreshMemory {
  note(result: RefreshResult): void;
  /** The comment as a refresh wrote it last: GitHub may not show it yet. */
  commentOn(umbrella: Ref): WrittenComment | null;
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
  return {
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
