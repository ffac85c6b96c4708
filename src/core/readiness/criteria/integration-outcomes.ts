import { ghCommandOn } from '../../gh-command.ts';
import { inWords } from '../../in-words.ts';
import { known } from '../../reading.ts';
import type { PullRequestFacts, TaskFacts } from '../../task/facts.ts';
import { formatRef, refKey } from '../../task/identity.ts';
import { authorOf, maintainer, ownerOf } from '../actors.ts';
import { bringBack } from '../bring-back.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { isForReleaseBranch } from '../for-release-branch.ts';
import { nameOfPullRequest } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { broughtAndReverted, isMergedElsewhere } from '../merged-elsewhere.ts';
import { openReverts } from '../open-reverts.ts';
import { type Outcome, outcomeOf, type PullRequestOutcome } from '../outcomes.ts';
import { ratioOf } from '../ratio-of.ts';
import type { Actor } from '../report-schema.ts';
import { indexOfScope, isLeft } from '../scope-index.ts';
import { type UnreadItem, unreadFindings } from '../unread-finding.ts';

/**
 * What became of the scope's pull requests. In the way are those that were reverted while a task of the scope still needs
 * them, that were lost or merged into a branch of which nothing tells that it reached the base, whose checks fail, that
 * conflict with their base, and open ones that no task of the scope is waiting for, because they have none or it is
 * finished: the others are told by their tasks. Flaky checks, pull requests that were
 * given up, and open ones that would take work of the scope out again, are only told.
 */
export const integrationOutcomes: Criterion = {
  id: 'integration_outcomes',
  title: 'Integration outcomes',
  blocksByDefault: true,
  isOfScope: () => true,
  judge: judgeOutcomes,
};

function judgeOutcomes(view: ReadinessView): Judgement {
  const { pullRequests } = indexOfScope(view);
  if (pullRequests.length === 0) {
    const reason = 'the scope holds no pull request';
    return { applies: false, measured: null, threshold: null, reason, findings: [] };
  }
  const findings = [
    ...pullRequests.flatMap((pullRequest) => {
      const outcome = outcomeOf(pullRequest, view);
      return RULES[outcome.outcome].flatMap((rule) => rule({ pullRequest, outcome, view }) ?? []);
    }),
    ...openReverts(view),
    ...unreadFindings(
      'unread_checks',
      pullRequests.flatMap((one) => unreadOf(one, view)),
    ),
    ...unreadFindings(
      'unread_base',
      pullRequests.flatMap((one) => unheldOf(one, view)),
    ),
  ];
  const stayed = pullRequests.filter((pullRequest) => isIn(pullRequest, view)).length;
  return {
    applies: true,
    measured: {
      text: `${stayed} of ${pullRequests.length} pull requests are merged and still in`,
      ratio: ratioOf(stayed, pullRequests.length),
    },
    threshold:
      'none reverted, lost, merged elsewhere, failing its checks, in conflict, or open without a task or beside a finished one',
    reason: kindWords(findings) || reasonOf(findings),
    findings,
  };
}

function unreadOf(pullRequest: PullRequestFacts, view: ReadinessView): readonly UnreadItem[] {
  const { gap } = outcomeOf(pullRequest, view);
  return gap === null || pullRequest.state === 'merged'
    ? []
    : [{ gap, ref: pullRequest.ref, item: nameOfPullRequest(pullRequest) }];
}

/** What went into another branch or was reverted there, and nobody could look whether the base has it. */
function unheldOf(pullRequest: PullRequestFacts, view: ReadinessView): readonly UnreadItem[] {
  if (pullRequest.state !== 'merged' || isDropped(pullRequest, view)) return [];
  const { outcome, gap } = outcomeOf(pullRequest, view);
  const item = { ref: pullRequest.ref, item: nameOfPullRequest(pullRequest) };
  if (gap !== null) return [{ gap, ...item }];
  const elsewhere = STAYED.has(outcome) ? isMergedElsewhere(pullRequest, view) : known(false);
  return elsewhere.known ? [] : [{ gap: elsewhere.gap, ...item }];
}

function reasonOf(findings: readonly DraftFinding[]): string {
  const gone = findings.filter(({ kind }) => kind === 'lost').length;
  return gone === 0 ? 'no pull request was lost, failed or is stuck' : `${gone} gone from the base, as is told there`;
}

const STAYED: ReadonlySet<Outcome> = new Set(['merged', 'reapplied', 'flaky']);

function isIn(pullRequest: PullRequestFacts, view: ReadinessView): boolean {
  if (pullRequest.state !== 'merged' || !STAYED.has(outcomeOf(pullRequest, view).outcome)) return false;
  const elsewhere = isMergedElsewhere(pullRequest, view);
  return elsewhere.known && !elsewhere.value;
}

interface OutcomeFacts {
  readonly pullRequest: PullRequestFacts;
  readonly outcome: PullRequestOutcome;
  readonly view: ReadinessView;
}

type FindingRule = (facts: OutcomeFacts) => DraftFinding | null;

const RULES: Readonly<Record<Outcome, readonly FindingRule[]>> = {
  merged: [elsewhereFinding],
  reapplied: [elsewhereFinding],
  reverted: [revertedFinding],
  lost: [lostFinding],
  failed_ci: [failedFinding],
  conflicted: [conflictedFinding],
  flaky: [flakyFinding, openFinding, elsewhereFinding],
  abandoned: [abandonedFinding],
  open: [openFinding],
  unknown: [],
};

function failedFinding(facts: OutcomeFacts): DraftFinding {
  return findingOf(facts, {
    kind: 'failed_ci',
    effect: 'fails',
    why: 'its checks fail',
    text: `fix the checks of ${formatRef(facts.pullRequest.ref)}`,
    command: ghCommandOn('pr checks', facts.pullRequest),
  });
}

function conflictedFinding(facts: OutcomeFacts): DraftFinding {
  return findingOf(facts, {
    kind: 'conflicted',
    effect: 'fails',
    why: `it conflicts with ${facts.pullRequest.baseRefName}`,
    text: `resolve the conflicts of ${formatRef(facts.pullRequest.ref)}`,
    command: ghCommandOn('pr checkout', facts.pullRequest),
  });
}

function flakyFinding(facts: OutcomeFacts): DraftFinding {
  return findingOf(facts, {
    kind: 'flaky',
    effect: 'informs',
    why: 'a check failed and then passed on the same commit',
    text: 'make that check tell the same twice',
    actor: maintainer(facts.pullRequest.ref),
  });
}

function abandonedFinding(facts: OutcomeFacts): DraftFinding | null {
  if (leftTasks(facts).length > 0) return null;
  return findingOf(facts, {
    kind: 'abandoned',
    effect: 'informs',
    why: 'it was closed unmerged, and none replaced it',
    text: `reopen ${formatRef(facts.pullRequest.ref)}, or take it out of the scope`,
    command: ghCommandOn('pr reopen', facts.pullRequest),
  });
}

/** Where no task of the scope needs it any more, or none ever named it, whoever reverted it knew why. */
function revertedFinding(facts: OutcomeFacts): DraftFinding | null {
  const [task] = leftTasks(facts);
  const name = formatRef(facts.pullRequest.ref);
  if (task === undefined) {
    const text = `look whether ${name} was meant to be left out`;
    return findingOf(facts, { kind: 'reverted', effect: 'informs', why: 'it was reverted', text });
  }
  return findingOf(facts, {
    kind: 'reverted',
    effect: 'fails',
    why: `it was reverted, and ${formatRef(task.ref)} needs it`,
    text: bringBack(facts.pullRequest, task).text,
    actor: ownerOf(task, facts.view.work),
    names: [task],
  });
}

/** What is gone from the base stands in the way where "present on base" says so; here it is only told. */
function lostFinding(facts: OutcomeFacts): DraftFinding {
  const { pullRequest, view } = facts;
  const isGone = isFromBase(pullRequest, view);
  return findingOf(facts, {
    kind: 'lost',
    effect: isGone ? 'informs' : 'fails',
    why: isGone ? 'it is gone from its base' : 'it was merged into a branch that never reached the base',
    text: `bring ${formatRef(pullRequest.ref)} onto ${view.facts.scope.baseBranch}`,
  });
}

const isFromBase = ({ baseRefName }: PullRequestFacts, { facts }: ReadinessView): boolean =>
  baseRefName === facts.scope.baseBranch;

/** Of what was dropped, nothing has to be in the base. */
function isDropped(pullRequest: PullRequestFacts, view: ReadinessView): boolean {
  const tasks = tasksInScope({ pullRequest, view });
  return tasks.length > 0 && tasks.every((task) => view.work.stateOf(task).state === 'dropped');
}

function elsewhereFinding(facts: OutcomeFacts): DraftFinding | null {
  const { pullRequest, view } = facts;
  const { baseBranch } = view.facts.scope;
  const { baseRefName, mergedAt, url } = pullRequest;
  const elsewhere = isMergedElsewhere(pullRequest, view);
  if (!elsewhere.known || !elsewhere.value || isDropped(pullRequest, view)) return null;
  const brought = broughtAndReverted(pullRequest, view);
  const words =
    brought === null
      ? {
          why: `it was merged into ${baseRefName}, and nothing tells that ${baseRefName} has reached ${baseBranch}`,
          text: `merge ${baseRefName} into ${baseBranch} by a pull request`,
        }
      : {
          why: `it came to ${baseBranch} with ${formatRef(brought.ref)}, which was reverted`,
          text: `bring ${formatRef(brought.ref)} back, or ${formatRef(pullRequest.ref)} by a pull request of its own`,
          names: [brought],
        };
  const draft = findingOf(facts, { kind: 'merged_elsewhere', effect: 'fails', ...words });
  const status = brought === null ? undefined : view.work.reverts.get(refKey(brought.ref));
  const told = status === undefined ? [] : [{ text: status.evidence, url: status.url }];
  return { ...draft, since: mergedAt, evidence: [{ text: `merged into ${baseRefName}`, url }, ...told] };
}

/** What a task of the scope is still waiting for is told there, and backports of a finished one are judged on their own. */
function openFinding(facts: OutcomeFacts): DraftFinding | null {
  const { pullRequest, view } = facts;
  // A flaky check says nothing of whether it is still open.
  if (pullRequest.state !== 'open') return null;
  const [task] = tasksInScope(facts);
  if (leftTasks(facts).length > 0 || (task !== undefined && isForReleaseBranch(pullRequest, view))) return null;
  const name = formatRef(pullRequest.ref);
  const is = pullRequest.isDraft ? 'a draft' : 'open';
  const words =
    task === undefined
      ? {
          why: `it is ${is} and belongs to no task of the scope`,
          text: `merge ${name} into ${pullRequest.baseRefName}, or take it out of the scope`,
        }
      : {
          why: `it is ${is}, and its task ${formatRef(task.ref)} is ${inWords(view.work.stateOf(task).state)}`,
          text: `merge ${name} into ${pullRequest.baseRefName}, or close it`,
          names: [task],
        };
  return findingOf(facts, {
    kind: 'open_pull_request',
    effect: 'fails',
    ...words,
    command: ghCommandOn(pullRequest.isDraft ? 'pr ready' : 'pr merge', pullRequest),
    actor: pullRequest.author === null ? maintainer(view.facts.scope.repository) : authorOf(pullRequest),
  });
}

const tasksInScope = ({ pullRequest, view }: Pick<OutcomeFacts, 'pullRequest' | 'view'>): readonly TaskFacts[] =>
  (indexOfScope(view).tasksOf.get(refKey(pullRequest.ref)) ?? []).filter(({ ref }) =>
    view.facts.tasks.has(refKey(ref)),
  );

const leftTasks = (facts: OutcomeFacts): readonly TaskFacts[] =>
  tasksInScope(facts).filter((task) => isLeft(task, facts.view));

interface FindingWords extends Pick<DraftFinding, 'kind' | 'effect' | 'why'> {
  /** What to do. */
  readonly text: string;
  readonly command?: string;
  /** Its author where left out. */
  readonly actor?: Actor;
  /** What the words name besides the item. */
  readonly names?: readonly (TaskFacts | PullRequestFacts)[];
}

function findingOf({ pullRequest, outcome }: OutcomeFacts, words: FindingWords): DraftFinding {
  const { kind, effect, why, text, command = null, actor = authorOf(pullRequest), names = [] } = words;
  return {
    kind,
    effect,
    item: nameOfPullRequest(pullRequest),
    names: [pullRequest.ref, ...names.map(({ ref }) => ref)],
    since: outcome.since,
    why,
    actor,
    action: { text, command, url: pullRequest.url },
    evidence: outcome.evidence === null ? [] : [outcome.evidence],
  };
}
