import { UserError } from '../core/failure.ts';
import { resolveBase } from '../git/list-heads.ts';
import { openRepository, type Repository, runIn } from '../git/open-repository.ts';
import { replayMerges } from '../git/replay-merges.ts';
import { readLearned, saveLearned } from './conflict-history-file.ts';
import { mirrorCacheFolder } from './risk-clone.ts';

interface Lesson {
  /** Name of a branch. */
  readonly base: string;
  readonly now: string;
  readonly stop: AbortSignal;
}

/** A merge takes 2 to 40 ms, so the first time takes seconds. */
const FIRST_MERGES = 300;
const KEPT_MERGES = 2000;

/**
 * What `risk learn` does by hand, for a clone of the App: the newest merges of the base are done again, and after that only
 * those that came since. Returns how many; none where there is no clone, or no such base in it.
 */
export async function learnFromMirror(path: string, { base, now, stop }: Lesson): Promise<number> {
  const repository = await openRepository(path).catch(noneThere);
  if (repository === null) return 0;
  try {
    const tip = await resolveBase(repository, `refs/heads/${base}`).catch(noneThere);
    const folder = mirrorCacheFolder(path);
    const before = await readLearned(folder);
    if (tip === null || before?.through === tip.commit) return 0;
    const limit = await mergesSince(repository, before?.through, tip.commit);
    const { merges } = await replayMerges(repository, { base: tip, limit, signal: stop });
    if (stop.aborted) return 0;
    const fresh = merges.map(({ at, files, conflicts }) => ({ at, files, conflicts }));
    const kept = [...fresh, ...(before?.merges ?? [])].slice(0, KEPT_MERGES);
    await saveLearned(folder, { learnedAt: now, through: tip.commit, merges: kept });
    return fresh.length;
  } finally {
    await repository.close();
  }
}

function noneThere(cause: unknown): null {
  if (cause instanceof UserError && (cause.code === 'not_found' || cause.code === 'usage')) return null;
  throw cause;
}

/** As many as the first time where the base was pushed over, so that what it was is gone. */
async function mergesSince(repository: Repository, before: string | undefined, tip: string): Promise<number> {
  if (before === undefined) return FIRST_MERGES;
  const args = ['rev-list', '--count', '--first-parent', '--merges', tip, `^${before}`];
  const { ended, stdout } = await runIn(repository, { args });
  return ended === 'done' ? Math.min(Number(stdout), FIRST_MERGES) : FIRST_MERGES;
}
