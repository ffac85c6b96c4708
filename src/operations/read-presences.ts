import { mergedIntoBase } from '../core/readiness/merged-into-base.ts';
import type { Presence } from '../core/readiness/presence/presence.ts';
import type { ReadinessFacts } from '../core/readiness/readiness-facts.ts';
import { known, type Reading } from '../core/reading.ts';
import type { Instant } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { loadPresence } from '../git/load-presence.ts';
import type { Repository } from '../git/open-repository.ts';
import type { OperationContext } from './operation.ts';
import { resolveKnown } from './resolve-known.ts';

interface PresenceWish extends Pick<OperationContext, 'onProgress' | 'stop'> {
  readonly repository: Repository;
  /** `risk.ignore`. */
  readonly ignore: readonly string[];
}

/** Pull requests of a base branch, as they are known. */
interface MergedWork extends Pick<ReadinessFacts, 'pullRequests' | 'now'> {
  readonly scope: Pick<ReadinessFacts['scope'], 'repository' | 'baseBranch' | 'baseSha'>;
  readonly work: Pick<ReadinessFacts['work'], 'pullRequests'>;
}

/** What became of the scope's merged work, at the very commit that GitHub says the base is at. */
export async function readPresences(
  facts: MergedWork,
  { repository, ignore, onProgress, stop }: PresenceWish,
): Promise<Reading<ReadonlyMap<string, Presence>>> {
  const { scope } = facts;
  const base = await resolveKnown(repository, { name: scope.baseBranch, sha: scope.baseSha });
  if (!base.known) return base;
  const merged = mergedIntoBase(facts);
  const { presences } = await loadPresence(repository, {
    base: base.value,
    changes: merged.map(({ ref, mergeCommitSha, headSha, mergedAt, closedAt, title, commits }) => {
      const at: Instant = mergedAt ?? closedAt ?? facts.now;
      const messages = commits.known ? { messages: commits.value.map(({ message }) => message) } : {};
      return { ref, mergeCommitSha, headSha, mergedAt: at, title, ...messages };
    }),
    ignore,
    ...(onProgress && {
      onProgress: (done: number, total: number) => onProgress({ label: 'Reading history', done, total }),
    }),
    ...(stop && { signal: stop }),
  });
  return known(
    new Map(
      merged.flatMap(({ ref }, place) => {
        const found = presences[place];
        return found === undefined ? [] : [[refKey(ref), found]];
      }),
    ),
  );
}
