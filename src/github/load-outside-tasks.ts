import type { Config } from '../core/config.ts';
import type { Selector } from '../core/readiness/parse-selector.ts';
import type { Gap } from '../core/reading.ts';
import type { Instant, PullRequestFacts } from '../core/task/facts.ts';
import { type RepositoryRef, refKey, repositoryKey } from '../core/task/identity.ts';
import { linkPullRequests } from '../core/task/link-pull-requests.ts';
import { apart, type Gathering, snapshotSoFar } from './gathering.ts';
import { loadTasksOfPullRequests } from './load-tasks-of-pull-requests.ts';
import { truncated } from './unread.ts';

interface OutsideQuestion {
  readonly repository: RepositoryRef;
  readonly kind: Selector['kind'];
  /** What was merged into another branch is not asked about. */
  readonly base: string;
  /** Nor what was merged before the first task of the scope was made. */
  readonly since: Instant | null;
  readonly config: Config;
}

/** Scopes that somebody fills by hand, and may forget something: a label or a search takes in what fits. */
const FILLED: ReadonlySet<Selector['kind']> = new Set(['milestone', 'umbrella', 'phase']);
/** About 20 calls where each names tasks of its own. */
const MOST_OUTSIDE = 200;

/**
 * Reads the tasks, none of the scope, of what was merged to its base meanwhile, as far as nobody knows yet whose it is; the
 * latest 200 of those. Returns what could not be read, null where nothing is asked.
 */
export async function loadOutsideTasks(
  gathering: Gathering,
  question: OutsideQuestion,
): Promise<readonly Gap[] | null> {
  const { kind, since, config } = question;
  if (!FILLED.has(kind) || since === null) return null;
  const links = [...linkPullRequests(snapshotSoFar(gathering), config).values()].flat();
  const linked = new Set(links.map(({ pullRequest }) => refKey(pullRequest)));
  const merged = [...gathering.pullRequests.values()]
    .filter((one) => isMerged(one, question, since) && !linked.has(refKey(one.ref)))
    .sort((a, b) => ((a.mergedAt ?? '') < (b.mergedAt ?? '') ? 1 : -1));
  if (merged.length === 0) return null;
  const outside = apart(gathering);
  await loadTasksOfPullRequests(outside, merged.slice(0, MOST_OUTSIDE), config);
  const left = merged.length - MOST_OUTSIDE;
  return left > 0 ? [...outside.gaps, truncated(`tasks of ${left} more merged pull requests`)] : outside.gaps;
}

const isMerged = (
  { ref, mergedAt, baseRefName }: PullRequestFacts,
  { repository, base }: OutsideQuestion,
  since: Instant,
): boolean =>
  mergedAt !== null && mergedAt >= since && baseRefName === base && repositoryKey(ref) === repositoryKey(repository);
