import { UserError } from '../core/failure.ts';
import { compareText } from '../core/readiness/compare-refs.ts';
import type { TodayFacts } from '../core/readiness/today/today-view.ts';
import type { Reading } from '../core/reading.ts';
import { type RepositoryRef, refKey, repositoryKey } from '../core/task/identity.ts';
import type { RepositorySnapshot } from '../core/umbrella/snapshot.ts';
import type { Repository } from '../git/open-repository.ts';
import { loadBranchHead } from '../github/load-branch-head.ts';
import type { OperationContext } from './operation.ts';
import { readPresences } from './read-presences.ts';
import { withClone } from './risk-clone.ts';

/** What was lost longer ago is no news of a morning. */
const DAYS = 30;
const DAY_MS = 86_400_000;
/** Of the branches that most was merged into. */
const MOST_BASES = 3;

interface Search {
  readonly repository: RepositoryRef;
  readonly snapshot: RepositorySnapshot;
  /** Folder of a clone. */
  readonly clone: Reading<string>;
  /** `risk.ignore`. */
  readonly ignore: readonly string[];
}

interface Found extends Pick<TodayFacts, 'merged'> {
  /** Why nobody looked; null where somebody did, and where nothing was merged. */
  readonly unlooked: string | null;
}

/** What became of what was merged within the last 30 days, as a clone tells: one request per base branch. */
export async function findLostWork(context: OperationContext, search: Search): Promise<Found> {
  const bases = latelyMerged(search, Date.parse(context.now()) - DAYS * DAY_MS);
  if (bases.length === 0) return { merged: [], unlooked: null };
  if (!search.clone.known) return { merged: [], unlooked: search.clone.gap.what };
  try {
    return await withClone(context, { path: search.clone.value }, async ({ repository: clone }) => {
      const found: Found[] = [];
      for (const base of bases) found.push(await lookInto(base, { ...search, context, clone }));
      const unlooked = found.map((one) => one.unlooked).find((why) => why !== null) ?? null;
      return { merged: found.flatMap(({ merged }) => merged), unlooked };
    });
  } catch (cause) {
    if (cause instanceof UserError) return { merged: [], unlooked: cause.message };
    throw cause;
  }
}

interface Base {
  readonly branch: string;
  /** Keys. */
  readonly merged: ReadonlySet<string>;
}

/** Of the repository itself, by base branch, those with the most first. */
function latelyMerged({ repository, snapshot }: Search, sinceMs: number): readonly Base[] {
  const byBranch = new Map<string, Set<string>>();
  for (const { ref, state, mergedAt, baseRefName } of snapshot.pullRequests.values()) {
    const isLate = state === 'merged' && mergedAt != null && Date.parse(mergedAt) >= sinceMs;
    if (!isLate || repositoryKey(ref) !== repositoryKey(repository)) continue;
    const keys = byBranch.get(baseRefName) ?? new Set();
    byBranch.set(baseRefName, keys.add(refKey(ref)));
  }
  return [...byBranch]
    .map(([branch, merged]) => ({ branch, merged }))
    .sort((a, b) => b.merged.size - a.merged.size || compareText(a.branch, b.branch))
    .slice(0, MOST_BASES);
}

interface Look extends Omit<Search, 'clone'> {
  readonly context: OperationContext;
  readonly clone: Repository;
}

async function lookInto(
  { branch, merged }: Base,
  { context, repository, snapshot, clone, ignore }: Look,
): Promise<Found> {
  const baseSha = await loadBranchHead(context.github, repository, branch);
  // A branch that is gone was merged on, or given up: what it had is nobody's loss there.
  if (baseSha === null) return { merged: [], unlooked: null };
  const scope = { repository, baseBranch: branch, baseSha };
  const facts = { scope, pullRequests: merged, work: snapshot, now: context.now() };
  const { onProgress, stop } = context;
  const presences = await readPresences(facts, {
    ...{ repository: clone, ignore },
    ...(onProgress && { onProgress }),
    ...(stop && { stop }),
  });
  if (!presences.known) return { merged: [], unlooked: `could not read ${presences.gap.what}` };
  const judged = [...presences.value].flatMap(([key, presence]) => {
    const pullRequest = snapshot.pullRequests.get(key);
    return pullRequest === undefined ? [] : [{ pullRequest, presence }];
  });
  const unread = judged.flatMap(({ presence }) => (presence.state === 'unknown' ? [presence.gap.what] : []));
  const [first, ...others] = unread;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return { merged: judged, unlooked: first === undefined ? null : `could not read ${first}${more}` };
}
