import { ghCommandOn } from '../../gh-command.ts';
import type { PullRequestFacts } from '../../task/facts.ts';
import { formatRef, type Ref, repositoryKey } from '../../task/identity.ts';
import { uniqueGaps } from '../../umbrella/gaps.ts';
import { authorOf } from '../actors.ts';
import type { Backport, BranchMention, ReleaseBranch, WantedBackport, WantedBackports } from '../backports/backport.ts';
import { numbersBackported } from '../backports/branch-record.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfPullRequest } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { ratioOf } from '../ratio-of.ts';
import type { Action, Evidence } from '../report-schema.ts';
import { type UnreadItem, unreadFinding, unreadFindings } from '../unread-finding.ts';

/**
 * Whether release branches have what was merged to the main branch and is marked for them by a label. Of a release branch as
 * the scope everything that is marked for it counts, of any other scope its own pull requests. A fix is there by its very
 * commit, by `(cherry picked from commit …)`, by the same changes, or by a commit that says it is the backport; judged in a
 * clone, without one it is unknown.
 */
export const backports: Criterion = {
  id: 'backports',
  title: 'Backports',
  blocksByDefault: false,
  isOfScope: () => true,
  judge: judgeBackports,
};

function judgeBackports(view: ReadinessView): Judgement {
  const { wantedBackports: wanted = NOTHING_WANTED } = view.facts;
  const { astray = [] } = wanted;
  const asked = wanted.branches.flatMap((branch) => askedOf(branch, view));
  const findings = [
    ...unreadParts(wanted, view),
    ...asked.flatMap((one) => missingFinding(one, view) ?? []),
    ...unreadFindings('unread_backport', asked.flatMap(unreadOf)),
    ...astray.map(astrayFinding),
  ];
  if (asked.length === 0 && findings.length === 0) {
    const reason = 'no merged pull request is marked for a release branch';
    return { applies: false, measured: null, threshold: null, reason, findings };
  }
  const there = asked.filter(({ backport }) => backport?.state === 'present').length;
  return {
    applies: true,
    measured: { text: `${there} of ${asked.length} marked`, ratio: ratioOf(there, asked.length) },
    threshold: 'what is marked for a release branch is on it',
    reason:
      kindWords(findings) ||
      (asked.length === 0 ? NONE_THERE : 'everything that is marked for a release branch is on it'),
    findings,
  };
}

interface Asked {
  readonly branch: string;
  readonly wanted: WantedBackport;
  /** Null where the whole branch could not be read. */
  readonly backport: Backport | null;
}

function askedOf({ name, wanted }: ReleaseBranch, { facts }: ReadinessView): readonly Asked[] {
  const read = facts.backports?.get(name) ?? NOT_LOOKED_AT;
  return wanted.map((one, at) => ({
    branch: name,
    wanted: one,
    backport: read.known ? (read.value[at] ?? null) : null,
  }));
}

/** What is marked, and release branches as a whole. */
function unreadParts({ branches, gaps }: WantedBackports, { facts }: ReadinessView): readonly DraftFinding[] {
  const place = { item: null, names: [], repository: facts.scope.repository };
  const unread = branches.flatMap(({ name }) => {
    const read = facts.backports?.get(name) ?? NOT_LOOKED_AT;
    return read.known ? [] : [read.gap];
  });
  return [
    ...gaps.map((gap) => unreadFinding(gap, { ...place, kind: 'unread_marks' })),
    ...uniqueGaps(unread).map((gap) => unreadFinding(gap, { ...place, kind: 'unread_release_branches' })),
  ];
}

const NOTHING_WANTED: WantedBackports = { main: null, branches: [], gaps: [] };
const NOT_LOOKED_AT = {
  known: false,
  gap: { cause: 'no_clone', what: 'the history of the release branches in git' },
} as const;

function unreadOf({ wanted, backport }: Asked): readonly UnreadItem[] {
  return backport?.state === 'unknown' ? [{ gap: backport.gap, ref: wanted.ref, item: nameOfPullRequest(wanted) }] : [];
}

/** Whoever merged it knows that it is marked. */
function missingFinding({ branch, wanted, backport }: Asked, view: ReadinessView): DraftFinding | null {
  if (backport?.state !== 'missing') return null;
  const { ref, label, mergedBy, mergedAt, url } = wanted;
  const open = openBackport(wanted, branch, view);
  return {
    kind: 'missing_backport',
    part: branch,
    effect: 'fails',
    item: nameOfPullRequest(wanted),
    names: [ref, ...(open === undefined ? [] : [open.ref])],
    since: mergedAt,
    why: `it is marked ${label}, and ${branch} ${standingOf(backport)}`,
    actor: mergedBy === null ? authorOf(wanted) : { name: mergedBy, kind: 'person' },
    action: open === undefined ? pickAction(backport, branch, url) : mergeAction(open, ref),
    evidence: evidenceOf(wanted, branch, backport),
  };
}

const NONE_THERE = 'what is marked names no release branch that is there';

/** A slip, or a branch that is yet to come: nobody can pick it there. */
function astrayFinding(wanted: WantedBackport): DraftFinding {
  const { ref, label, mergedBy, mergedAt, url } = wanted;
  return {
    kind: 'mark_without_branch',
    part: label,
    effect: 'informs',
    item: nameOfPullRequest(wanted),
    names: [ref],
    since: mergedAt,
    why: `it is marked ${label}, and no release branch is called so`,
    actor: mergedBy === null ? authorOf(wanted) : { name: mergedBy, kind: 'person' },
    action: { text: `mend the label of ${formatRef(ref)}, or make the branch that it names`, command: null, url },
    evidence: [{ text: `${formatRef(ref)} carries the label ${label}`, url }],
  };
}

type Missing = Extract<Backport, { readonly state: 'missing' }>;

function standingOf({ picked, commits, revertedBy }: Missing): string {
  if (revertedBy !== null) return `lost it again by ${mention(revertedBy)}`;
  return picked > 0 ? `has ${picked} of its ${commits} commits` : 'lacks it';
}

const mention = ({ sha, subject }: BranchMention): string => `${sha.slice(0, 7)} (${subject})`;

function pickAction({ ref, left, isMerge }: Missing, branch: string, url: string): Action {
  return {
    text: `bring ${formatRef(ref)} to ${branch}`,
    command: `git cherry-pick -x ${isMerge ? '-m 1 ' : ''}${left.join(' ')}`,
    url,
  };
}

const mergeAction = (backport: PullRequestFacts, of: Ref): Action => ({
  text: `merge ${formatRef(backport.ref)}, which is the backport of ${formatRef(of)}`,
  command: ghCommandOn('pr merge', backport),
  url: backport.url,
});

/** An open pull request to the branch that says it is the backport. */
function openBackport({ ref }: WantedBackport, branch: string, view: ReadinessView): PullRequestFacts | undefined {
  return [...view.facts.work.pullRequests.values()]
    .filter(
      (one) => one.state === 'open' && one.baseRefName === branch && repositoryKey(one.ref) === repositoryKey(ref),
    )
    .sort((a, b) => a.ref.number - b.ref.number)
    .find((one) => numbersBackported(`${one.title}\n${one.body}\n${one.headRefName}`).has(ref.number));
}

function evidenceOf(
  { ref, label, url, mergeCommitSha: sha }: WantedBackport,
  branch: string,
  missing: Missing,
): readonly Evidence[] {
  const { revertedBy, picked, commits } = missing;
  const [repository] = url.split('/pull/');
  const pageOf = (commit: string): Pick<Evidence, 'url' | 'sha'> => ({
    url: `${repository}/commit/${commit}`,
    sha: commit,
  });
  const marked = { text: `${formatRef(ref)} carries the label ${label}`, url };
  if (revertedBy !== null)
    return [marked, { text: `${mention(revertedBy)} took it out of ${branch}`, ...pageOf(revertedBy.sha) }];
  if (sha === null) return [marked];
  const none = `no commit of ${branch} makes its changes or names ${sha.slice(0, 7)}`;
  return [marked, { text: picked > 0 ? `${branch} has ${picked} of its ${commits} commits` : none, ...pageOf(sha) }];
}
