import { shorten, visibleLine } from '../markdown.ts';
import type { Reading } from '../reading.ts';
import { baseKeyOf, branchKey, branchOfKey } from './branch-of-record.ts';
import type { CommitFacts, Instant, PullRequestFacts } from './facts.ts';
import { formatRef, refKey, repositoryKey } from './identity.ts';
import { type RevertedCommit, revertedCommits, serverOf } from './text-references.ts';

/** Where reverts are seen. */
export interface MergedWork {
  /** Keyed by `refKey`. */
  readonly pullRequests: ReadonlyMap<string, PullRequestFacts>;
  /** Commits on default branches, keyed by `owner/repo`. */
  readonly baseCommits: ReadonlyMap<string, readonly CommitFacts[]>;
  /** The same of other branches, by `branchKey`. */
  readonly branchCommits?: ReadonlyMap<string, readonly CommitFacts[]>;
  /** Whether the deciding branch's history holds changes that went into others, by their keys; absent of what nobody asked about. */
  readonly heldByBase?: ReadonlyMap<string, Reading<boolean>>;
}

/** Something that went into a branch: a merged pull request, or a commit pushed to the default branch. */
export interface LandedChange {
  readonly key: string;
  readonly repository: string;
  /** As `branchKey` writes it. */
  readonly branch: string;
  readonly at: Instant;
  /** Shas that stand for the whole change. */
  readonly shas: readonly string[];
  readonly revertsRefs: readonly string[];
  readonly revertsShas: readonly string[];
  /** `octo/harbor#44`, `commit 1a2b3c4`. */
  readonly name: string;
  readonly evidence: string;
  readonly url: string;
}

const collected = new WeakMap<MergedWork, ReadonlyMap<string, LandedChange>>();

/** Both what was reverted and what reverts are asked of the same work. */
export function changesOf(work: MergedWork): ReadonlyMap<string, LandedChange> {
  const changes = collected.get(work) ?? collectChanges(work);
  collected.set(work, changes);
  return changes;
}

function collectChanges(work: MergedWork): ReadonlyMap<string, LandedChange> {
  const changes = new Map<string, LandedChange>();
  const landed = new Set<string>();
  for (const [key, pullRequest] of work.pullRequests) {
    if (pullRequest.mergedAt === null) continue;
    changes.set(key, changeOfPullRequest(pullRequest));
    for (const sha of shasIn(pullRequest)) landed.add(sha);
  }
  const server = serverOf([...work.pullRequests.values()][0]?.url ?? '');
  const pushed = [
    ...[...work.baseCommits].map(([repository, commits]) => ({ repository, branch: null, commits })),
    ...[...(work.branchCommits ?? [])].map(([key, commits]) => ({ ...branchOfKey(key), commits })),
  ];
  for (const { commits, ...place } of pushed) {
    for (const commit of commits) {
      if (landed.has(commit.sha)) continue;
      const change = changeOfCommit(commit, { ...place, server });
      changes.set(change.key, change);
    }
  }
  return changes;
}

const commitsOf = (pullRequest: PullRequestFacts): readonly CommitFacts[] =>
  pullRequest.commits.known ? pullRequest.commits.value : [];

function shasIn(pullRequest: PullRequestFacts): readonly string[] {
  const own = commitsOf(pullRequest).map((commit) => commit.sha);
  return pullRequest.mergeCommitSha === null ? own : [pullRequest.mergeCommitSha, ...own];
}

export function changeOfPullRequest(pullRequest: PullRequestFacts): LandedChange {
  return {
    key: refKey(pullRequest.ref),
    repository: repositoryKey(pullRequest.ref),
    branch: baseKeyOf(pullRequest),
    at: pullRequest.mergedAt ?? pullRequest.updatedAt,
    shas: shasOfWhole(pullRequest),
    ...revertsOf(pullRequest),
    name: formatRef(pullRequest.ref),
    url: pullRequest.url,
  };
}

/** What stands for all of it: the commit that merged it, and its own where that is the only one; else the first. */
function shasOfWhole(pullRequest: PullRequestFacts): readonly string[] {
  const { mergeCommitSha } = pullRequest;
  const [first, ...more] = commitsOf(pullRequest);
  if (first === undefined) return mergeCommitSha === null ? [] : [mergeCommitSha];
  if (mergeCommitSha === null) return [first.sha];
  return more.length === 0 ? [mergeCommitSha, first.sha] : [mergeCommitSha];
}

type StatedReverts = Pick<LandedChange, 'revertsRefs' | 'revertsShas' | 'evidence'>;

function revertsOf(pullRequest: PullRequestFacts): StatedReverts {
  const { stated } = pullRequest;
  const commits = commitsOf(pullRequest);
  const reverted = [...stated.revertedCommits, ...commits.flatMap(({ message }) => revertedCommits(message))];
  // Of thousands hardly any reverts something.
  if (reverted.length === 0 && stated.reverting.length === 0) return NO_REVERTS;
  const quote = stated.reverting[0]?.quote ?? firstRevertSentence(reverted);
  return {
    revertsRefs: stated.reverting.map(({ ref }) => refKey(ref)),
    revertsShas: reverted.map(({ sha }) => sha).filter((sha) => !commits.some((own) => own.sha.startsWith(sha))),
    evidence: `${formatRef(pullRequest.ref)}: ${quote}`,
  };
}

const NO_REVERTS: StatedReverts = { revertsRefs: [], revertsShas: [], evidence: '' };

interface CommitPlace {
  readonly repository: string;
  /** Null: the default branch. */
  readonly branch: string | null;
  readonly server: string;
}

function changeOfCommit(commit: CommitFacts, place: CommitPlace): LandedChange {
  const repository = place.repository.toLowerCase();
  const reverted = revertedCommits(commit.message);
  return {
    key: `${repository}@${commit.sha}${place.branch === null ? '' : ` on ${place.branch}`}`,
    repository,
    branch: branchKey(repository, place.branch),
    at: commit.committedAt,
    shas: [commit.sha],
    revertsRefs: [],
    revertsShas: reverted.map(({ sha }) => sha),
    name: `commit ${commit.sha.slice(0, 7)}`,
    evidence: `commit ${commit.sha.slice(0, 7)}: ${firstRevertSentence(reverted)}`,
    url: `${place.server}/${place.repository}/commit/${commit.sha}`,
  };
}

function firstRevertSentence([first]: readonly RevertedCommit[]): string {
  return first === undefined ? '' : shorten(visibleLine(first.quote), 120);
}

export const revertsSomething = ({ revertsRefs, revertsShas }: LandedChange): boolean =>
  revertsRefs.length > 0 || revertsShas.length > 0;

/** Those that somebody reverts, by the first seven characters, the shortest that git writes. */
export function indexShas(
  changes: ReadonlyMap<string, LandedChange>,
  reverting: readonly LandedChange[],
): ReadonlyMap<string, readonly (readonly [string, string])[]> {
  const wanted = new Set(reverting.flatMap(({ revertsShas }) => revertsShas.map((sha) => sha.slice(0, 7))));
  const index = new Map<string, (readonly [string, string])[]>();
  for (const change of changes.values()) {
    for (const sha of wanted.size === 0 ? [] : change.shas) {
      const start = sha.slice(0, 7);
      if (!wanted.has(start)) continue;
      const entries = index.get(start) ?? [];
      entries.push([sha, change.key]);
      index.set(start, entries);
    }
  }
  return index;
}

export const keysOfSha = (sha: string, index: ReturnType<typeof indexShas>): readonly string[] =>
  (index.get(sha.slice(0, 7)) ?? []).filter(([whole]) => whole.startsWith(sha)).map(([, key]) => key);
