import { shorten, visibleLine } from '../markdown.ts';
import { type Gap, known, type Reading } from '../reading.ts';
import { baseKeyOf, branchKey, branchOfKey, type DecidingBranch, decidingBranch } from './branch-of-record.ts';
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

export interface RevertStatus {
  /** True when the change is out at present, or may be: see `doubt`. */
  readonly isReverted: boolean;
  /** Time of the last flip, out or back in. */
  readonly since: Instant;
  /** What flipped it: `octo/harbor#44: Reverts #41`, or `commit 1a2b3c4: This reverts commit …`. */
  readonly evidence: string;
  /** Web address of that pull request or commit. */
  readonly url: string;
  /** Where: the branch that it went into, or the deciding one, which it reached some other way. */
  readonly branch: string;
  /** Why nobody knows whether it is out: of a revert that may not have reached the deciding branch. */
  readonly doubt?: Gap;
}

/**
 * Which merged pull requests were reverted, and whether they are back: the revert of a revert counts back, at any depth.
 * Keyed by `refKey`; those that were never reverted are absent. A revert, and what reverts that, counts on its own branch:
 * of a change, the deciding branch and the one that it went into are asked. Where the deciding branch is known to hold the
 * change, it also tells which of those reverts it holds: it may have left before they came. Reverts are seen in merged pull requests
 * (`Reverts #41`, `This reverts commit <merge commit>`) and in commits pushed straight to the default branch, or to another whose commits are there.
 */
export function findReverts(
  work: MergedWork,
  deciding: DecidingBranch = decidingBranch(null, work.pullRequests),
): ReadonlyMap<string, RevertStatus> {
  const changes = changesOf(work);
  const reverters = collectReverters(changes);
  const { heldByBase = NONE_ASKED } = work;
  const assess = createAssessment(changes, reverters, { deciding, heldByBase });
  const found = new Map<string, RevertStatus>();
  for (const key of reverters.keys()) {
    const change = changes.get(key);
    if (change === undefined || !work.pullRequests.has(key)) continue;
    const there = assess(change, deciding(change.repository));
    const held = heldByBase.get(key);
    const status = there ?? (held?.known && held.value ? null : assess(change, change.branch));
    if (status === null) continue;
    found.set(key, there === null && held?.known === false ? { ...status, isReverted: true, doubt: held.gap } : status);
  }
  return found;
}

const NONE_ASKED: ReadonlyMap<string, Reading<boolean>> = new Map();

/** A change whose history only GitHub knows, as it may be asked for. */
interface ElsewhereChange {
  readonly key: string;
  /** `octo/harbor#44`, `commit 1a2b3c4`. */
  readonly name: string;
  /** The commit that brought it; null where that is not known. */
  readonly sha: string | null;
}

/**
 * What has to be known of the deciding branch of a repository to tell whether it lost any of these: those that were reverted
 * on other branches, and what reverted them there, at any depth.
 */
export function revertsElsewhere(
  work: MergedWork,
  asked: ReadonlySet<string>,
  deciding: string,
): readonly ElsewhereChange[] {
  const changes = changesOf(work);
  const reverters = collectReverters(changes);
  const found = new Set<LandedChange>();
  const starts = [...asked].flatMap((key) => (reverters.has(key) ? (changes.get(key) ?? []) : []));
  for (const start of starts) {
    const chain = new Set([start]);
    for (const one of chain) for (const by of reverters.get(one.key) ?? []) chain.add(by);
    if ([...chain].some((one) => one !== start && one.branch !== deciding)) for (const one of chain) found.add(one);
  }
  return [...found]
    .filter(({ branch, repository }) => branch !== deciding && branchOfKey(deciding).repository === repository)
    .map(({ key, name, shas }) => ({ key, name, sha: shas[0] ?? null }));
}

/** What each pull request, merged or not, says it reverts. */
export function revertTargets(work: MergedWork): ReadonlyMap<string, ReadonlySet<string>> {
  const merged = changesOf(work);
  const stated = [...work.pullRequests].map(
    ([key, pullRequest]) => [key, merged.get(key) ?? changeOfPullRequest(pullRequest)] as const,
  );
  const reverting = stated.filter(([, change]) => revertsSomething(change));
  const bySha = indexShas(
    merged,
    reverting.map(([, change]) => change),
  );
  const targets = new Map<string, ReadonlySet<string>>();
  for (const [key, change] of reverting) {
    const keys = new Set([...change.revertsRefs, ...change.revertsShas.flatMap((sha) => keysOfSha(sha, bySha))]);
    keys.delete(key);
    if (keys.size > 0) targets.set(key, keys);
  }
  return targets;
}

/** Something that went into a branch: a merged pull request, or a commit pushed to the default branch. */
interface LandedChange {
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
function changesOf(work: MergedWork): ReadonlyMap<string, LandedChange> {
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

function changeOfPullRequest(pullRequest: PullRequestFacts): LandedChange {
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

const revertsSomething = ({ revertsRefs, revertsShas }: LandedChange): boolean =>
  revertsRefs.length > 0 || revertsShas.length > 0;

/** Those that somebody reverts, by the first seven characters, the shortest that git writes. */
function indexShas(
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

const keysOfSha = (sha: string, index: ReturnType<typeof indexShas>): readonly string[] =>
  (index.get(sha.slice(0, 7)) ?? []).filter(([whole]) => whole.startsWith(sha)).map(([, key]) => key);

function collectReverters(changes: ReadonlyMap<string, LandedChange>): ReadonlyMap<string, readonly LandedChange[]> {
  const reverting = [...changes.values()].filter(revertsSomething);
  const bySha = indexShas(changes, reverting);
  const reverters = new Map<string, LandedChange[]>();
  for (const change of reverting) {
    const targets = new Set([...change.revertsRefs, ...change.revertsShas.flatMap((sha) => keysOfSha(sha, bySha))]);
    for (const key of targets) {
      const target = changes.get(key);
      if (target === undefined || key === change.key || target.repository !== change.repository) continue;
      const known = reverters.get(key) ?? [];
      known.push(change);
      reverters.set(key, known);
    }
  }
  for (const list of reverters.values()) list.sort((a, b) => (a.key < b.key ? -1 : 1));
  return reverters;
}

type Assessment = (change: LandedChange, branch: string) => RevertStatus | null;

interface Holding {
  readonly deciding: DecidingBranch;
  readonly heldByBase: ReadonlyMap<string, Reading<boolean>>;
}

/**
 * A change is out as long as one of its reverts is in. Null: never reverted on that branch. Latest changes are judged
 * first, so that chains of reverts, however long, do not nest; in a circle of reverts the one that is met again counts as
 * out.
 */
function createAssessment(
  changes: ReadonlyMap<string, LandedChange>,
  reverters: ReadonlyMap<string, readonly LandedChange[]>,
  { deciding, heldByBase }: Holding,
): Assessment {
  const isOn = (change: LandedChange, branch: string): Reading<boolean> => {
    if (change.branch === branch || branch !== deciding(change.repository)) return known(change.branch === branch);
    return heldByBase.get(change.key) ?? known(false);
  };
  const statuses = new Map<string, RevertStatus | null>();
  const open = new Set<string>();
  const assess: Assessment = (change, branch) => {
    const place = `${change.key} ${branch}`;
    const known = statuses.get(place);
    if (known !== undefined) return known;
    if (open.has(place)) return { ...flipBy(change), isReverted: true };
    open.add(place);
    const status = statusOf(
      (reverters.get(change.key) ?? []).flatMap((by): readonly JudgedReverter[] => {
        const on = isOn(by, branch);
        if (on.known) return on.value ? [{ by, status: assess(by, branch) }] : [];
        return [{ by, status: assess(by, branch), doubt: on.gap }];
      }),
    );
    open.delete(place);
    statuses.set(place, status);
    return status;
  };
  for (const key of [...reverters.keys()].sort(latestFirst(changes))) {
    const change = changes.get(key);
    if (change !== undefined) assess(change, change.branch);
  }
  return assess;
}

const latestFirst =
  (changes: ReadonlyMap<string, LandedChange>) =>
  (a: string, b: string): number => {
    const [first, second] = [changes.get(a)?.at ?? '', changes.get(b)?.at ?? ''];
    return first === second ? (a < b ? -1 : 1) : first < second ? 1 : -1;
  };

interface JudgedReverter {
  readonly by: LandedChange;
  readonly status: RevertStatus | null;
  /** Nobody knows whether it is on the branch. */
  readonly doubt?: Gap;
}

function statusOf(reverters: readonly JudgedReverter[]): RevertStatus | null {
  if (reverters.length === 0) return null;
  const flips = reverters.map(({ by, status, doubt = status?.doubt }) => ({
    isOut: !(status?.isReverted ?? false),
    flip: status === null ? flipBy(by) : flipOf(status),
    doubt,
  }));
  // The sort is stable and the reverters come by key, so that equal times do not depend on the order of reading.
  const out = flips.filter(({ isOut }) => isOut).sort((a, b) => compareInstants(a.flip.since, b.flip.since));
  const back = flips.filter(({ isOut }) => !isOut).sort((a, b) => compareInstants(b.flip.since, a.flip.since));
  // One that is surely in takes it out, whatever the others do.
  const last = out.find(({ doubt }) => doubt === undefined) ?? out[0] ?? back[0];
  if (last === undefined) return null;
  const isSure = out.length > 0 && last.doubt === undefined;
  const doubt = isSure ? undefined : flips.find((one) => one.doubt !== undefined)?.doubt;
  return { ...last.flip, isReverted: out.length > 0 || doubt !== undefined, ...(doubt && { doubt }) };
}

type Flip = Omit<RevertStatus, 'isReverted' | 'doubt'>;

const flipBy = ({ at, evidence, url, branch }: LandedChange): Flip => ({ since: at, evidence, url, branch });

const flipOf = ({ since, evidence, url, branch }: Flip): Flip => ({ since, evidence, url, branch });

const compareInstants = (a: Instant, b: Instant): number => Date.parse(a) - Date.parse(b);
