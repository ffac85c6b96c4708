import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import { ghCommand, shellQuoted } from '../core/gh-command.ts';
import { branchStacks } from '../core/risk/branch-stacks.ts';
import { buildConflictHistory, type ConflictHistory } from '../core/risk/conflict-history.ts';
import type { BaseFinding } from '../core/risk/conflict-report.ts';
import { findStacks, type Stack } from '../core/risk/find-stacks.ts';
import { isDependencyBot } from '../core/risk/is-dependency-bot.ts';
import { leaveOut, type QueueScope } from '../core/risk/leave-out.ts';
import { type ConflictingFile, type PairRisk, pairKey, type StackedPair, stackOf } from '../core/risk/pair-risk.ts';
import { ALL_LISTED, type NotListed } from '../core/risk/pairs-not-listed.ts';
import { regeneratedBy } from '../core/risk/regenerated-files.ts';
import { type ResolvedHead, resolveBase, resolveHeads } from '../git/list-heads.ts';
import type { OpenPullRequest } from '../github/load-open-pull-requests.ts';
import { loadLearned } from './conflict-history-file.ts';
import { estimateRest, type FilesMemory, loadFilesOf } from './estimate-rest.ts';
import { type CloneFindings, lookIntoClone, withFindings } from './look-into-clone.ts';
import { containedRemark } from './merged-remarks.ts';
import { oldBaseRemarks } from './old-base-remarks.ts';
import type { OperationContext } from './operation.ts';
import { boundByTime, type OpenClone } from './risk-clone.ts';
import type { RiskChange, RiskFacts } from './risk-facts.ts';

export interface PullsQuestion {
  /** The branch that all of the pull requests go into, or those on which they stand. */
  readonly base: string;
  readonly pulls: readonly OpenPullRequest[];
  readonly config: Config;
  readonly clone: OpenClone | null;
  /** Where what past merges taught is kept; null where nothing is. */
  readonly learnedIn: string | null;
  readonly scope: QueueScope;
  /** Judged whatever the scope says. */
  readonly asked: ReadonlySet<string>;
  /** Only pairs with one of those that are asked for. */
  readonly onlyAsked: boolean;
  readonly memory?: FilesMemory;
  /** Also pairs one side of which does not merge onto the base. */
  readonly isThorough?: boolean | undefined;
}

export interface PullFindings extends Pick<RiskFacts, 'changes' | 'pairs' | 'isRegenerated' | 'gaps'> {
  readonly notListed: NotListed;
  /** Of those that were merged on trial, by name. */
  readonly onBase: ReadonlyMap<string, BaseFinding>;
  /** As the clone has it. */
  readonly base: ResolvedHead | null;
  /** What past merges taught. */
  readonly history: ConflictHistory;
  readonly judged: number;
  /** Of these, the ones that no clone has. */
  readonly absent: number;
  /** What the time for trial merges did not reach, and whether the clone's base is old. */
  readonly remarks: readonly string[];
}

type PullChange = RiskChange & { readonly pull: OpenPullRequest };

/**
 * What is known of the open pull requests of one base branch, for everyone who asks: pairs of which a clone has both
 * commits are verified, the others estimated from the files that GitHub shows.
 */
export async function riskOfPulls(
  context: Pick<OperationContext, 'github' | 'now' | 'onProgress' | 'stop'>,
  question: PullsQuestion,
): Promise<PullFindings> {
  const { base: name, config, clone, asked, onlyAsked, learnedIn, memory, isThorough } = question;
  const all = question.pulls.map((pull) => changeOf(pull, config));
  const judged = chooseJudged(all, question, context.now());
  const isRegenerated = regeneratedBy(config.risk.ignore);
  const only = onlyAsked ? asked : null;
  const base = clone === null ? null : await findBase(clone, name);
  const found = await verify(context, { clone, base, judged, only, isRegenerated, learnedIn, isThorough });
  const rest = judged.filter((change) => !found.onBase.has(change.name));
  const unread = rest.filter((change) => found.files.get(change.name) == null);
  const read = await loadFilesOf(context, unread, memory);
  const files = new Map([...found.files, ...read.files]);
  const onBranches = branchStacks(
    judged.map(({ pull }) => pull),
    new Set([name]),
  );
  const stacks = [...onBranches, ...stacksOf(judged, rest)];
  const known = judged.map((change) => withFindings(change, { onBase: found.onBase, files, base: name }));
  const history = buildConflictHistory(learnedIn === null ? [] : await loadLearned(learnedIn), context.now());
  const estimated = estimateRest(
    known.map((change) => ({ ...change, isVerified: found.onBase.has(change.name) })),
    { only, stacks, isRegenerated, history },
  );
  const order = known.map((change, place) => ({
    ...change,
    after: [...new Set(namesUnder(place, stacks, known))],
    before: [...change.before, ...retargeted(change.pull, name)],
  }));
  const changes = [...order, ...all.filter((change) => !judged.includes(change))];
  return {
    changes: changes.map(({ pull, ...change }) => change),
    pairs: withStacks([...found.pairs, ...estimated], namedStacks(onBranches, judged)),
    ...{ onBase: found.onBase, isRegenerated, gaps: read.gaps, base, history },
    ...{ judged: judged.length, absent: unread.length, remarks: found.remarks, notListed: found.notListed },
  };
}

function changeOf(pull: OpenPullRequest, { risk }: Config): PullChange {
  const { ref, title, url, author, headSha, isDraft, openedAt, updatedAt, labels } = pull;
  const own = risk.priority_labels.map((label) => labels.find((one) => one.toLowerCase() === label.toLowerCase()));
  const urgency = own.findIndex((label) => label !== undefined);
  return {
    ...{ name: `#${ref.number}`, number: ref.number, title, url, author, headSha, isDraft, updatedAt, pull },
    ...{ files: null, heldBy: [], before: [], anew: [], after: [] },
    enteredAt: openedAt,
    isDependencyBot: isDependencyBot(author),
    priority: urgency < 0 ? 0 : risk.priority_labels.length - urgency,
    priorityLabel: own[urgency] ?? null,
  };
}

/** Those that wait, those asked for by name, and whatever one of them stands on. */
function chooseJudged(
  changes: readonly PullChange[],
  { asked, scope, base }: PullsQuestion,
  now: string,
): readonly PullChange[] {
  const waiting = new Set(leaveOut(changes, { ...scope, now }).waiting.map(({ name }) => name));
  const first = changes.filter(({ name }) => waiting.has(name) || asked.has(name));
  const held = new Set(first.flatMap(({ pull: { commits } }) => (commits.known ? commits.value : [])));
  const stacks = branchStacks(
    changes.map(({ pull }) => pull),
    new Set([base]),
  );
  const isFirst = new Set(first);
  const isBelow = new Set(
    stacks.flatMap(({ dependent, on }) => {
      const upper = changes[dependent];
      return upper !== undefined && isFirst.has(upper) ? [changes[on]] : [];
    }),
  );
  return changes.filter((change) => isFirst.has(change) || held.has(change.headSha) || isBelow.has(change));
}

/** As it was fetched last, else as a bare clone keeps it. */
async function findBase({ repository }: OpenClone, name: string): Promise<ResolvedHead | null> {
  for (const ref of [`refs/remotes/origin/${name}`, `refs/heads/${name}`]) {
    const found = await resolveBase(repository, ref).catch((cause: unknown) => {
      if (cause instanceof UserError && (cause.code === 'not_found' || cause.code === 'usage')) return null;
      throw cause;
    });
    if (found !== null) return { ...found, name };
  }
  return null;
}

interface Verifying {
  readonly clone: OpenClone | null;
  readonly base: ResolvedHead | null;
  readonly judged: readonly PullChange[];
  readonly only: ReadonlySet<string> | null;
  readonly isRegenerated: (path: string) => boolean;
  readonly learnedIn: string | null;
  readonly isThorough: boolean | undefined;
}

const NOTHING: CloneFindings = {
  pairs: [],
  onBase: new Map(),
  files: new Map(),
  contained: new Set(),
  unlisted: 0,
  notListed: ALL_LISTED,
  remarks: [],
};

/** What the clone tells of the heads that it has; a head of which it cannot tell where it stands is none of them. */
async function verify(context: Pick<OperationContext, 'now' | 'onProgress' | 'stop'>, facts: Verifying) {
  const { clone, base, judged, only, isRegenerated, learnedIn, isThorough } = facts;
  if (clone === null || base === null) return NOTHING;
  const named = judged.map(({ name, headSha }) => ({ name, commit: headSha }));
  const present = await resolveHeads(clone.repository, named);
  const heads = named.filter((_, place) => present[place] != null);
  if (heads.length === 0) return NOTHING;
  const needsAllHunks = heads.length < judged.length;
  const old = await oldBaseRemarks(clone, { base, heads, now: context.now() });
  const look = { base, heads, only, isRegenerated, learnedIn, needsAllHunks, isThorough };
  const { pairs, onBase, files, contained, remarks, notListed } = await lookIntoClone(
    context,
    boundByTime(clone),
    look,
  );
  const told = new Map([...onBase].filter(([, { verdict }]) => verdict !== 'unknown'));
  return {
    pairs: pairs.filter(({ a, b }) => told.has(a) && told.has(b)),
    onBase: told,
    files,
    notListed,
    remarks: [...remarks, ...containedRemark([...contained], base.name), ...old],
  };
}

/** By the commits that GitHub lists; of two verified ones the clone tells. */
function stacksOf(judged: readonly PullChange[], rest: readonly PullChange[]): readonly Stack[] {
  const stacks = findStacks(
    judged.map(({ headSha, pull: { commits } }) => ({
      commit: headSha,
      standing: commits.known ? { mergeBases: [], isSettled: true, unmerged: new Set(commits.value) } : null,
    })),
  );
  const isRest = (place: number): boolean => rest.some((one) => one === judged[place]);
  return stacks.filter(({ dependent, on }) => isRest(dependent) || isRest(on));
}

const namesUnder = (place: number, stacks: readonly Stack[], changes: readonly RiskChange[]): readonly string[] =>
  stacks.filter(({ dependent }) => dependent === place).flatMap(({ on }) => changes[on]?.name ?? []);

const namedStacks = (stacks: readonly Stack[], changes: readonly RiskChange[]): readonly StackedPair[] =>
  stacks.map(({ dependent, on }) => ({ dependent: changes[dependent]?.name ?? '', on: changes[on]?.name ?? '' }));

/** GitHub's word that one stands on the other holds whatever trial merges made of the two; estimates know it already. */
function withStacks(pairs: readonly PairRisk[], stacks: readonly StackedPair[]): readonly PairRisk[] {
  const byKey = new Map(stacks.map((stack) => [pairKey(stack.dependent, stack.on), stack]));
  const told = pairs.map((pair): PairRisk => {
    const stack = byKey.get(pairKey(pair.a, pair.b));
    byKey.delete(pairKey(pair.a, pair.b));
    const { finding } = pair;
    if (stack === undefined || finding.basis === 'estimated' || stackOf(finding) !== null) return pair;
    return { ...pair, finding: dependsOn(stack, 'files' in finding ? finding.files : []) };
  });
  const rest = [...byKey.values()].map((stack) => ({ a: stack.on, b: stack.dependent, finding: dependsOn(stack, []) }));
  return [...told, ...rest];
}

const dependsOn = ({ dependent, on }: StackedPair, files: readonly ConflictingFile[]): PairRisk['finding'] => ({
  ...{ basis: 'verified', verdict: 'depends_on' },
  ...{ dependent, on, files },
});

/** GitHub changes the base of a stacked one only when the branch below it is deleted. */
const retargeted = ({ base, ref, url }: OpenPullRequest, into: string): readonly string[] => {
  if (base === into) return [];
  const edit = ghCommand('pr edit', { number: ref.number, url }, ref, [`--base=${shellQuoted(into)}`]);
  return [`it goes into ${base}, so once that is merged: ${edit}`];
};
