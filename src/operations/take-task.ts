import { type Ref, refKey } from '../core/task/identity.ts';
import { isBatch } from '../core/umbrella/batch-umbrella.ts';
import type { NextTask, NextTasks } from '../core/umbrella/next-tasks.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import type { ClaimFacts } from '../core/work/apply-claims.ts';
import { refuseElsewhere, refuseTask } from '../core/work/refuse-claim.ts';
import { type NothingFree, whyNoneFree } from '../core/work/why-none-free.ts';
import type { StoredClaim } from '../store/claim-row.ts';
import { claimTask } from '../store/claim-task.ts';
import { leaseTime } from '../store/lease-time.ts';
import { findHeldClaim } from '../store/load-claims.ts';
import { type ClaimQuestion, keepsClear, keysThatCount, taskOf, tasksAmid } from './claim-question.ts';
import type { OperationContext } from './operation.ts';
import { readClaims, repositoriesOf } from './read-claims.ts';
import { givenTime, storeOf } from './store-of.ts';

export interface Taken {
  readonly next: NextTask;
  readonly claim: StoredClaim;
  /** The agent held it before. */
  readonly isAgain: boolean;
  readonly overlapping: readonly NextTask[];
}

export interface NoneTaken extends NothingFree {
  readonly overlapping: readonly NextTask[];
}

/** Somebody may be faster for every task that was free a moment ago, and give one back meanwhile. */
const ROUNDS = 3;

/** What the agent holds already, unless it wants another; else the first free task that nobody is faster for. */
export async function takeFirst(context: OperationContext, question: ClaimQuestion): Promise<Taken | NoneTaken> {
  for (let round = 1; ; round += 1) {
    const tasks = await look(context, question);
    const among = question.isAnother ? NONE : keysThatCount(tasks);
    const held = await findHeld(context, question, { tasks, among });
    if (held !== null) return held;
    for (const next of tasks.free) {
      const taken = await take(context, question, { next, tasks, among });
      if (taken !== null) return taken;
    }
    const { overlapping } = tasks;
    if (tasks.free.length === 0) return { ...whyNoneFree(tasks), overlapping };
    if (round < ROUNDS) continue;
    const retryAt = await leaseTime((await storeOf(context)).db, givenTime(context));
    return { retryAt, reason: 'Others were faster for every task that was free.', overlapping };
  }
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The task that was asked for, whatever else the agent holds; the claim that it has of it, if it asks again. Throws
 * `claim_refused` with the reason.
 */
export async function takeThis(context: OperationContext, question: ClaimQuestion, wanted: Ref): Promise<Taken> {
  const ofAllLanes = { ...question, lane: undefined };
  const tasks = await look(context, ofAllLanes);
  const next = taskOf(tasks, wanted);
  if (next === undefined) throw refuseElsewhere(wanted, question.snapshot.umbrella);
  const among = new Set(next.closedAbove === null ? [refKey(wanted)] : []);
  const held = await findHeld(context, question, { tasks, among });
  if (held !== null) return { ...held, overlapping: [] };
  const taken = tasks.free.includes(next) ? await take(context, question, { next, tasks, among }) : null;
  if (taken !== null) return { ...taken, overlapping: [] };
  throw refuseTask(tasks.overlapping.includes(next) ? next : (taskOf(await look(context, ofAllLanes), wanted) ?? next));
}

const look = async (context: OperationContext, question: ClaimQuestion): Promise<NextTasks> =>
  tasksAmid(question, await readClaims(context, question.snapshot));

interface Choice {
  readonly tasks: NextTasks;
  /** `refKey`s: a claim of the agent on one of these is given again. */
  readonly among: ReadonlySet<string>;
}

async function findHeld(
  context: OperationContext,
  { agent }: ClaimQuestion,
  { tasks, among }: Choice,
): Promise<Taken | null> {
  if (among.size === 0) return null;
  const store = await storeOf(context);
  const now = await leaseTime(store.db, givenTime(context));
  const claim = await findHeldClaim(store, { agent, among, now });
  return claim === null ? null : takenOf(claim, tasks, true);
}

async function take(
  context: OperationContext,
  question: ClaimQuestion,
  { next, tasks, among }: Choice & { readonly next: NextTask },
): Promise<Taken | null> {
  const { snapshot, agent, leaseMs, live } = question;
  const beside = {
    repositories: repositoriesOf(snapshot),
    admits: (claims: readonly ClaimFacts[]) => keepsClear(question, next.task, claims),
  };
  const attempt = await claimTask(await storeOf(context), {
    task: next.task.ref,
    umbrella: umbrellaShowing(next, snapshot),
    agent,
    leaseMs,
    now: givenTime(context),
    ...(among.size === 0 ? {} : { unlessHeld: among }),
    ...(live === null ? {} : { beside }),
  });
  return attempt === null ? null : takenOf(attempt.claim, tasks, attempt.isAgain);
}

/** In the spelling of GitHub, whatever the store's. */
function takenOf(claim: StoredClaim, tasks: NextTasks, isAgain: boolean): Taken | null {
  const next = taskOf(tasks, claim.task);
  if (next === undefined) return null;
  return { next, claim: { ...claim, task: next.task.ref }, isAgain, overlapping: tasks.overlapping };
}

/** The one whose rollup has a line for the task: a batch has no rollup of its own. */
function umbrellaShowing({ task }: NextTask, { tasks, umbrella }: UmbrellaSnapshot): Ref {
  const parent = task.parent === null ? undefined : tasks.get(refKey(task.parent));
  if (parent === undefined) return umbrella;
  return isBatch(parent) && parent.parent !== null ? parent.parent : parent.ref;
}
