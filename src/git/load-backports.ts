import { assessBackport, type CandidateCommits } from '../core/readiness/backports/assess-backport.ts';
import type { Backport, BackportCandidate } from '../core/readiness/backports/backport.ts';
import { readBranch, type WantedCommit } from '../core/readiness/backports/branch-record.ts';
import { gatherSteps, type WalkedCommit } from '../core/readiness/presence/gather-steps.ts';
import { stepsByMessages } from '../core/readiness/presence/rebased-steps.ts';
import type { Gap } from '../core/reading.ts';
import { formatRef } from '../core/task/identity.ts';
import { type ResolvedHead, resolveHeads } from './list-heads.ts';
import { listOutside } from './list-outside.ts';
import { type Repository, runIn } from './open-repository.ts';
import { readWalk, WALK_FORMAT } from './read-base-line.ts';
import { readPatchIds } from './read-patch-ids.ts';
import { WHOLE_HISTORY } from './whole-history.ts';

export interface BackportOptions {
  /** The release branch. */
  readonly branch: ResolvedHead;
  readonly main: ResolvedHead;
  readonly candidates: readonly BackportCandidate[];
}

type Walked = ReadonlyMap<string, WalkedCommit>;

/** So many commits of either branch since they parted are looked at. */
const MOST_COMMITS = 50_000;

/**
 * Which of the candidates a release branch has, in their order. In a shallow clone what is not found is unknown: it may lie
 * where the clone does not reach.
 */
export async function loadBackports(
  repository: Repository,
  { branch, main, candidates }: BackportOptions,
): Promise<readonly Backport[]> {
  const [own, since] = await Promise.all([walk(repository, branch, main), walk(repository, main, branch)]);
  const shas = candidates.flatMap(({ mergeCommitSha }) =>
    since.has(mergeCommitSha ?? '') ? [] : (mergeCommitSha ?? []),
  );
  const others = await placeOthers(repository, branch, shas);
  const consistsOf = readParts(since, main.commit);
  const parentOf = (sha: string): string | undefined => (since.get(sha) ?? own.get(sha))?.parents[0];
  const wanted = candidates.flatMap((candidate) => consistsOf(candidate).commits);
  const asked = [
    ...new Set([...wanted, ...candidates.flatMap(({ mergeCommitSha }) => mergeCommitSha ?? []), ...own.keys()]),
  ];
  const ids = await readPatchIds(
    repository,
    asked.flatMap((commit) => {
      const parent = parentOf(commit);
      return parent === undefined ? [] : [{ commit, parent }];
    }),
  );
  const patchOf = (sha: string): WantedCommit => ({ sha, patchId: ids.get(sha) ?? null });
  const record = readBranch([...own.values()].reverse().map(({ sha, message }) => ({ ...patchOf(sha), message })));
  return candidates.map((candidate) => {
    const { mergeCommitSha: sha } = candidate;
    const { commits, isRebase } = consistsOf(candidate);
    const whole = isRebase ? null : patchOf(sha ?? '');
    const isMerge = (since.get(sha ?? '')?.parents.length ?? 0) > 1;
    const place: CandidateCommits =
      sha === null || others.get(sha) === 'nowhere'
        ? { found: 'unknown', gap: gapOf(repository, candidate) }
        : others.get(sha) === 'on_branch'
          ? { found: 'on_branch' }
          : { found: 'on_main', whole, isMerge, commits: commits.map(patchOf) };
    const backport = assessBackport(candidate, place, record);
    const isCut = repository.shallow.size > 0 && backport.state === 'missing' && backport.revertedBy === null;
    if (!isCut) return backport;
    const { ref, title: subject } = candidate;
    return { ref, sha, subject, state: 'unknown', gap: gapOf(repository, candidate) };
  });
}

/** What one branch has and the other has not, the newest first. Empty where it cannot be read. */
async function walk(repository: Repository, tip: ResolvedHead, except: ResolvedHead): Promise<Walked> {
  const range = [`-n${MOST_COMMITS}`, tip.commit, `^${except.commit}`, '--'];
  const args = ['rev-list', '--topo-order', '--no-commit-header', `--format=${WALK_FORMAT}`, ...range];
  return readWalk((await runIn(repository, { args })).stdout);
}

/** The newest first. */
interface Parts {
  readonly commits: readonly string[];
  /** They lie one after the other on the main branch. */
  readonly isRebase: boolean;
}

/** What each candidate consists of: the steps that it was rebased into, the commits that its merge brought, or itself. */
function readParts(since: Walked, main: string): (candidate: BackportCandidate) => Parts {
  const { steps, stepOf } = gatherSteps(since, main);
  const line = steps.flatMap(({ sha }) => since.get(sha) ?? []);
  const found = new Map<string, string[]>();
  for (const [sha, place] of stepOf) {
    const step = steps[place]?.sha ?? '';
    // Merges bring nothing of their own.
    if ((since.get(sha)?.parents.length ?? 0) < 2) found.set(step, [...(found.get(step) ?? []), sha]);
  }
  return ({ mergeCommitSha: sha, messages = [] }) => {
    if (sha === null) return { commits: [], isRebase: false };
    const place = steps.findIndex((step) => step.sha === sha);
    const rebased = place < 0 ? [] : stepsByMessages(line, place, messages).flatMap((at) => line[at]?.sha ?? []);
    if (rebased.length > 1) return { commits: rebased, isRebase: true };
    return { commits: found.get(sha) ?? [sha], isRebase: false };
  };
}

/** Candidates that the main branch has not gained since: the release branch has them too, or nobody knows them. */
async function placeOthers(
  repository: Repository,
  branch: ResolvedHead,
  shas: readonly string[],
): Promise<ReadonlyMap<string, 'on_branch' | 'elsewhere' | 'nowhere'>> {
  const heads = await resolveHeads(
    repository,
    shas.map((commit) => ({ name: commit, commit: /^[0-9a-f]{40,64}$/.test(commit) ? commit : '0'.repeat(40) })),
  );
  const present = heads.flatMap((head) => (head === null ? [] : [head.commit]));
  const outside = await listOutside(repository, branch, present);
  const known = new Set(present);
  return new Map(
    shas.map((sha) => [sha, !known.has(sha) ? 'nowhere' : outside.has(sha) ? 'elsewhere' : 'on_branch'] as const),
  );
}

function gapOf(repository: Repository, { ref, mergeCommitSha }: BackportCandidate): Gap {
  const what = `whether the release branch has ${formatRef(ref)}`;
  if (mergeCommitSha === null) return { cause: 'unavailable', what: `${what}: GitHub names no commit of it` };
  if (repository.shallow.size > 0)
    return { cause: 'no_clone', what: `${what}: this clone is shallow`, help: WHOLE_HISTORY };
  return { cause: 'no_clone', what: `${what}: this clone does not have its commit` };
}
