import { assessLine } from '../core/readiness/presence/assess-presence.ts';
import { generatedBy } from '../core/readiness/presence/generated-files.ts';
import type { MergedChange, Presence } from '../core/readiness/presence/presence.ts';
import type { Gap } from '../core/reading.ts';
import type { ResolvedHead } from './list-heads.ts';
import { locateChanges, presenceOf } from './locate-changes.ts';
import { type Repository, runIn } from './open-repository.ts';
import { readBaseLine } from './read-base-line.ts';

export interface PresenceOptions {
  readonly base: ResolvedHead;
  /** Merged into that base, of one repository. */
  readonly changes: readonly MergedChange[];
  /** Globs of files that are written anew from something else: `risk.ignore`. */
  readonly ignore: readonly string[];
  /** How many steps of the base are looked at, at most. 20,000 when absent. */
  readonly maxSteps?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface PresenceReading {
  /** In the order of the changes. */
  readonly presences: readonly Presence[];
  /** Commits of the base whose differences could not be read: what they did is not told. */
  readonly unread: readonly string[];
}

const DEFAULT_STEPS = 20_000;

/**
 * What became of merged changes on their base, by one walk through the base since the oldest of them. Of a rebase the
 * commits that carry the author, time and title of a commit of the head count, if the clone has the head, else those that
 * carry the messages which GitHub lists. A change that came by way of another branch is looked up and its stated reverts count; whether it was undone is told of that branch's
 * own merges alone. Unknown where the clone does not reach back, or lacks the commit.
 */
export async function loadPresence(repository: Repository, options: PresenceOptions): Promise<PresenceReading> {
  const { base, changes, ignore, maxSteps = DEFAULT_STEPS, onProgress, signal } = options;
  const steps = await countSteps(repository, { base, changes, maxSteps });
  const line = await readBaseLine(repository, {
    ...{ base: base.commit, steps },
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (line === null) {
    const gap: Gap = { cause: 'unavailable', what: `the history of ${base.name}` };
    return { presences: changes.map(() => ({ state: 'unknown', gap })), unread: [] };
  }
  const landed = await locateChanges(repository, { base, line, changes });
  const fate = assessLine(line.steps, line.stepOf, generatedBy(ignore));
  return {
    presences: landed.map((found) => presenceOf(found, fate)),
    unread: line.steps.filter(({ files }) => files === null).map(({ sha }) => sha),
  };
}

/** Steps before the oldest change are looked at too, for what the titles of reverts name. */
const STEPS_BEFORE = 50;
/** Clocks differ; a merge commit may be older than what GitHub calls its merge. */
const MARGIN_MS = 7 * 86_400_000;

/** How far back the oldest of the changes lies; as far as its time tells where its commit is no step. */
async function countSteps(
  repository: Repository,
  { base, changes, maxSteps }: Pick<PresenceOptions, 'base' | 'changes'> & { readonly maxSteps: number },
): Promise<number> {
  const args = ['rev-list', '--first-parent', '--no-commit-header', '--format=%H %ct', `-n${maxSteps}`, base.commit];
  const { stdout } = await runIn(repository, { args });
  const rows = stdout
    .split('\n')
    .filter(Boolean)
    .map((row) => row.split(' '));
  const places = new Map(rows.map(([sha = ''], place) => [sha, place]));
  const depths = changes.map(({ mergeCommitSha, mergedAt }) => {
    const place = places.get(mergeCommitSha ?? '');
    if (place !== undefined) return place;
    const since = (Date.parse(mergedAt) - MARGIN_MS) / 1000;
    const older = rows.findIndex(([, second]) => Number(second) < since);
    return older < 0 ? rows.length : older;
  });
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
  return Math.min(maxSteps, deepest + STEPS_BEFORE);
}
