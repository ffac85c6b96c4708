import * as z from 'zod';
import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import { mainBranches, pullsByTarget } from '../core/risk/branch-stacks.ts';
import { isDependencyBot } from '../core/risk/is-dependency-bot.ts';
import { knownConflictsOf } from '../core/risk/known-conflicts.ts';
import { leaveOut } from '../core/risk/leave-out.ts';
import { refKey, repositoryKey } from '../core/task/identity.ts';
import { assessWork } from '../core/umbrella/assess-work.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import { resolveHeads } from '../git/list-heads.ts';
import { loadOpenPullRequests, type OpenPullRequest } from '../github/load-open-pull-requests.ts';
import { assessOpen, scopeOf } from './assess-open.ts';
import { configInForce, isConfigGap } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';
import { type OpenClone, withClone } from './risk-clone.ts';
import { historyFolder } from './risk-of-github.ts';

export const cloneInput = z
  .string()
  .describe('folder of a clone on this machine, in which trial merges tell what the pull requests conflict with')
  .optional();

interface ConflictsWish {
  /** Folder of a clone on this machine; without it one is fetched, where that is possible and risk is configured. */
  readonly clone?: string | undefined;
}

export interface WithConflicts {
  readonly snapshot: UmbrellaSnapshot;
  /** What was not judged, and what would help. */
  readonly remarks: readonly string[];
}

/** How long a clone may hold up a rollup; what trial merges do not reach is estimated. */
const SECONDS = 60;
/** An estimate takes one request for each pull request. */
const MOST_READS = 100;

/**
 * The same snapshot with what its open pull requests conflict with, in the umbrella's own repository. Verified in a clone that
 * is named, whatever the mode, or fetched, unless risk is off; without one estimated, where risk is to be told (`comment`,
 * `enforce`) and that takes few requests. Where nothing is configured and no clone is named, nothing is read. Throws
 * `usage` where a clone is named by somebody else than who runs this process.
 */
export async function withConflicts(
  context: OperationContext,
  snapshot: UmbrellaSnapshot,
  { clone }: ConflictsWish,
): Promise<WithConflicts> {
  const { config } = configInForce(snapshot);
  const isTold = clone !== undefined || isWanted(context, snapshot, config);
  const own = isTold ? ownPulls(snapshot, config) : new Set<number>();
  if (own.size === 0) return { snapshot, remarks: [] };
  if (clone !== undefined) return judge(context, snapshot, { clone, config, own });
  try {
    return await judge(context, snapshot, { clone, config, own });
  } catch (problem) {
    if (!(problem instanceof UserError)) throw problem;
    return { snapshot, remarks: [`Conflicts between pull requests are not judged: ${problem.message}`] };
  }
}

function isWanted({ machine }: OperationContext, snapshot: UmbrellaSnapshot, { risk }: Config): boolean {
  const isConfigured = snapshot.configText !== null || snapshot.ownerConfigText !== null;
  if (!isConfigured || snapshot.gaps.some(isConfigGap) || risk.mode === 'off') return false;
  return risk.mode !== 'observe' || machine?.fetchClone !== undefined;
}

/** Open ones of its tasks, in its own repository; what no queue waits for is not judged. */
function ownPulls(snapshot: UmbrellaSnapshot, config: Config): ReadonlySet<number> {
  const home = repositoryKey(snapshot.umbrella);
  const work = assessWork(snapshot, config);
  const linked = [...snapshot.tasks.values()].flatMap((task) => work.changesOf(task));
  const open = linked.filter(({ ref, state, isDraft }) => state === 'open' && !isDraft && repositoryKey(ref) === home);
  return new Set(open.map(({ ref }) => ref.number));
}

interface Judging {
  readonly clone: string | undefined;
  readonly config: Config;
  readonly own: ReadonlySet<number>;
}

async function judge(context: OperationContext, snapshot: UmbrellaSnapshot, judging: Judging): Promise<WithConflicts> {
  const { umbrella } = snapshot;
  const all = await loadOpenPullRequests(context.github, umbrella);
  const own = waiting(context, all, judging);
  const byTarget = [...pullsByTarget(all, mainBranches(all)).values()];
  const open = byTarget.filter((pulls) => pulls.some(({ ref }) => own.has(ref.number))).flat();
  const path = judging.clone ?? (await fetched(context, snapshot, open));
  if (path === null) return assess(context, snapshot, { ...judging, own, open, clone: null });
  return withClone(context, { path, seconds: SECONDS }, (clone) =>
    assess(context, snapshot, { ...judging, own, open, clone }),
  );
}

/** Numbers of those of its own that wait for a merge. */
function waiting(
  { now }: OperationContext,
  all: readonly OpenPullRequest[],
  { config, own }: Judging,
): ReadonlySet<number> {
  const scope = { ...scopeOf(config.risk.mode), now: now() };
  const ours = all.filter(({ ref }) => own.has(ref.number));
  const left = ours.filter((pull) => {
    const about = { name: '', isDraft: pull.isDraft, isDependencyBot: isDependencyBot(pull.author) };
    return leaveOut([{ ...about, updatedAt: pull.updatedAt }], scope).waiting.length > 0;
  });
  return new Set(left.map(({ ref }) => ref.number));
}

async function fetched(
  { machine }: OperationContext,
  { umbrella }: UmbrellaSnapshot,
  open: readonly OpenPullRequest[],
): Promise<string | null> {
  if (machine?.fetchClone === undefined || open.length === 0) return null;
  const branches = [...new Set(open.map(({ base }) => base))];
  const pulls = open.map(({ ref }) => ref.number);
  const clone = await machine.fetchClone({ owner: umbrella.owner, repo: umbrella.repo }, branches, pulls);
  return clone.known ? clone.value : null;
}

interface Assessing extends Omit<Judging, 'clone'> {
  readonly open: readonly OpenPullRequest[];
  readonly clone: OpenClone | null;
}

async function assess(context: OperationContext, snapshot: UmbrellaSnapshot, facts: Assessing): Promise<WithConflicts> {
  const { config, clone, own } = facts;
  const { owner, repo } = snapshot.umbrella;
  const { mode } = config.risk;
  const isEstimated = clone !== null || mode === 'comment' || mode === 'enforce';
  const { open, remarks } = await withinBudget(facts);
  if (!isEstimated || open.length === 0) return { snapshot, remarks };
  const { answers } = await assessOpen(context, {
    ...{ repository: { owner, repo }, open, mode, config, clone, asked: own, onlyAsked: true, withImpact: false },
    learnedIn: historyFolder(context, { owner, repo }),
  });
  const conflicts = new Map(answers.map((risk) => [refKey(risk.pullRequest), knownConflictsOf(risk)]));
  return { snapshot: { ...snapshot, conflicts }, remarks };
}

/** What no clone has costs a request each: where that is too many, only what a clone has is judged. */
async function withinBudget({ open, clone }: Assessing): Promise<{
  readonly open: readonly OpenPullRequest[];
  readonly remarks: readonly string[];
}> {
  const named = open.map(({ ref, headSha }) => ({ name: `#${ref.number}`, commit: headSha }));
  const found = clone === null ? [] : await resolveHeads(clone.repository, named);
  const present = open.filter((_, place) => found[place] != null);
  const absent = open.length - present.length;
  if (absent <= MOST_READS) return { open, remarks: [] };
  const hint = 'parasol umbrella show --repo PATH, in a clone with their heads, tells.';
  return { open: present, remarks: [`Conflicts with ${absent} open pull requests are not judged: ${hint}`] };
}
