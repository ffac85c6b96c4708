import { describeCommits } from '../git/describe-commits.ts';
import { type Head, type ResolvedHead, resolveHeads } from '../git/list-heads.ts';
import { readLastFetch } from '../git/read-last-fetch.ts';
import type { OpenClone } from './risk-clone.ts';

interface Compared {
  readonly base: ResolvedHead;
  /** Those that are absent from the clone tell nothing. */
  readonly heads: readonly Head[];
  readonly now: string;
}

/**
 * Whether the clone's base looks as if nobody fetched it for long: its newest commit is more than 7 days older than the newest
 * of the heads. So long nothing should wait by the default of `risk.max_wait`, and whoever fetches the heads of pull requests
 * alone (`git fetch origin 'refs/pull/*\/head:…'`) leaves the base where it was. Nothing is said where the clone was fetched
 * for this, nor where its last fetch brought the base and came after the newest head. Else a quiet repository looks the same:
 * so it is a remark, never more. Dates are those of committers, and later ones than `now` are taken for wrong.
 */
export async function oldBaseRemarks(
  { repository, isFetched }: Pick<OpenClone, 'repository' | 'isFetched'>,
  { base, heads, now }: Compared,
): Promise<readonly string[]> {
  if (isFetched) return [];
  const present = (await resolveHeads(repository, heads)).filter((head) => head !== null);
  const words = await describeCommits(repository, [base.commit, ...present.map(({ commit }) => commit)]);
  const baseAt = words.get(base.commit)?.committedAt;
  const dated = present.flatMap(({ name, commit }) => {
    const at = words.get(commit)?.committedAt;
    return at === undefined || at > now ? [] : [{ name, at }];
  });
  const newest = dated.reduce<(typeof dated)[number] | null>(
    (best, one) => (best && best.at >= one.at ? best : one),
    null,
  );
  if (baseAt === undefined || newest === null) return [];
  const days = Math.floor((Date.parse(newest.at) - Date.parse(baseAt)) / DAY_MS);
  if (days <= OLD_DAYS) return [];
  const last = await readLastFetch(repository);
  if (last?.branchCommits.has(base.commit) && last.atMs >= Date.parse(newest.at)) return [];
  const dates = `${base.name} is of ${baseAt.slice(0, 10)}, ${days} days older than the newest head (${newest.name}, ${newest.at.slice(0, 10)})`;
  return [`${dates}. If it has moved on since, git fetch brings it; --base origin/NAME means it as fetched.`];
}

const OLD_DAYS = 7;
const DAY_MS = 86_400_000;
