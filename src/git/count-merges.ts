import type { ResolvedHead } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';

const WINDOW_DAYS = 28;
const DAY_SECONDS = 86_400;
const FEWEST = 4;

/**
 * How much the base grew of late: commits of its first parents (a merge, a squash, a push) per day, over the 28 days before
 * `now`. Null where there were fewer than one a week, which tells no rate, or where the history cannot be read.
 */
export async function mergesPerDay(repository: Repository, base: ResolvedHead, now: string): Promise<number | null> {
  const until = Math.floor(Date.parse(now) / 1000);
  const args = ['rev-list', '--count', '--first-parent', `--since=${until - WINDOW_DAYS * DAY_SECONDS}`];
  const { ended, stdout } = await runIn(repository, { args: [...args, `--until=${until}`, base.commit] });
  const count = Number(stdout.trim());
  return ended === 'done' && count >= FEWEST ? count / WINDOW_DAYS : null;
}
