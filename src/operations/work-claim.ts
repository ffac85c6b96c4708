/**
 * Gives an agent a task below an umbrella to work on, for a while: one that can start now and that nobody has claimed,
 * the one that the most open tasks wait for first.
 *
 *     parasol work claim P3.M1 --agent a7
 *     parasol work claim '#12' --agent a7 --lane api --lease 2h
 *     parasol work claim '#12' --agent a7 --task '#15'
 *     parasol work claim '#12' --agent a7 --avoid-overlap
 *     parasol work claim '#12' --agent a7 --another
 *
 * Many may ask at the same moment; each gets another task, or is told when to ask again. The claim is in the store, and
 * GitHub shows it as `work.show` in the configuration says. It ends when it is released or when its lease runs out,
 * whichever is first; then the task goes to the next who asks. An agent that holds an open task there and asks again gets
 * the same claim, since its first answer may have got lost; with `another` it gets one more. So agents need names of their
 * own. Times are this machine's: the token, which grows with every claim of a task, tells an old claim from a new one.
 */
import * as z from 'zod';
import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';

import { formatRef, type Ref, refKey, sameRef } from '../core/task/identity.ts';
import type { LivePullRequest } from '../core/umbrella/assess-overlap.ts';
import { type NextTask, nextTasks } from '../core/umbrella/next-tasks.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import { applyClaims, type ClaimFacts } from '../core/work/apply-claims.ts';
import { leaseEnd, parseLease } from '../core/work/lease.ts';
import { type NothingFree, whyNoneFree } from '../core/work/why-none-free.ts';
import { loadUmbrella } from '../github/load-umbrella.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import { claimTask, findOwnClaim, type StoredClaim } from '../store/claim-store.ts';
import { configInForce } from './config-in-force.ts';
import { loadLivePullRequests } from './load-live-pull-requests.ts';
import { noUmbrella } from './no-umbrella.ts';
import type { Operation, OperationContext } from './operation.ts';
import { readClaims } from './read-claims.ts';
import { gapSchema, refSchema } from './rollup-schema.ts';
import { showClaim, takeAway } from './show-claim.ts';
import { storeOf } from './store-of.ts';
import {
  agentInput,
  avoidInput,
  claimSchema,
  leaseInput,
  leftOutOf,
  leftOutSchema,
  shownSchema,
  taskInput,
  unsureOf,
  unsureSchema,
} from './work-schema.ts';

const input = z.object({
  umbrella: z.string().min(1).max(500).describe('#12, owner/repo#12, the address of the issue, or a planned id'),
  agent: agentInput,
  lane: z.string().max(100).describe('only tasks of this lane').optional(),
  lease: leaseInput,
  avoidOverlap: avoidInput,
  another: z
    .boolean()
    .describe('one more task, though the agent holds one there; without it, that one is given again')
    .optional(),
  task: taskInput.describe('this task and no other: #15, owner/repo#15, an address, or a planned id').optional(),
});

const output = z.object({
  umbrella: refSchema,
  claim: claimSchema.nullable().describe('null: nothing is free'),
  again: z.boolean().describe('the agent held this claim already, and it is unchanged'),
  task: z
    .object({
      title: z.string(),
      url: z.string(),
      lane: z.string().nullable(),
      unblocks: z.int().describe('open tasks that wait for it, directly or through others'),
      unsure: unsureSchema,
    })
    .readonly()
    .nullable(),
  retryAt: z.string().nullable().describe('when to ask again, UTC; null when there is a claim, or no use in asking'),
  reason: z.string().nullable().describe('why there is none'),
  shown: shownSchema.nullable(),
  leftOut: leftOutSchema,
  gaps: z.array(gapSchema).readonly().describe('what could not be read'),
  remarks: z.array(z.string()).readonly(),
});

type Output = z.output<typeof output>;

export const workClaim: Operation<typeof input, typeof output> = {
  name: 'work.claim',
  summary: 'Claim the next free task below an umbrella for an agent, or say when to ask again.',
  effect: 'write',
  needsStore: true,
  hints: { isDestructive: false, isIdempotent: false },
  input,
  output,
  run: claimNext,
};

/** One caller's question, with everything that was read for it. */
interface Question {
  readonly snapshot: UmbrellaSnapshot;
  readonly config: Config;
  readonly agent: string;
  readonly lane: string | undefined;
  readonly leaseMs: number;
  /** What must not be touched; null where nobody asked to avoid it. */
  readonly live: readonly LivePullRequest[] | null;
}

interface Taken {
  readonly next: NextTask;
  readonly claim: StoredClaim;
  readonly isAgain: boolean;
  readonly overlapping: readonly NextTask[];
}

interface NoneTaken extends NothingFree {
  readonly overlapping: readonly NextTask[];
}

async function claimNext(context: OperationContext, asked: z.output<typeof input>): Promise<Output> {
  const leaseMs = parseLease(asked.lease);
  const { github, defaultRepository, now } = context;
  const umbrella = await resolveRef(github, asked.umbrella, { defaultRepository });
  const wanted = asked.task === undefined ? null : await resolveRef(github, asked.task, { defaultRepository });
  const snapshot = await loadUmbrella(github, umbrella, { now });
  const root = snapshot.tasks.get(refKey(snapshot.umbrella));
  if (root === undefined || root.childrenTotal === 0) throw noUmbrella(snapshot.umbrella);
  const { config, remarks } = configInForce(snapshot);
  const avoided =
    asked.avoidOverlap === true ? await loadLivePullRequests(context, snapshot, config) : { live: null, gaps: [] };
  const claims = await readClaims(context, snapshot);
  const swept = await takeOldSigns(context, snapshot, claims);
  const question: Question = {
    // What the sweep takes away counts no longer, though it was there when the snapshot was read.
    snapshot: applyClaims(snapshot, claims),
    config,
    agent: asked.agent,
    lane: asked.lane,
    leaseMs,
    live: avoided.live,
  };
  const taken =
    wanted !== null
      ? await takeThis(context, question, wanted)
      : ((asked.another === true ? null : await findHeld(context, question)) ?? (await takeFirst(context, question)));
  const base = {
    umbrella: snapshot.umbrella,
    leftOut: leftOutOf(taken.overlapping),
    gaps: [...snapshot.gaps, ...avoided.gaps],
    remarks: [...remarks, ...swept],
  };
  if ('claim' in taken) return { ...base, ...(await present(context, taken, question)) };
  const { retryAt, reason } = taken;
  return { ...base, retryAt, reason, claim: null, again: false, task: null, shown: null };
}

/** What the agent works on already, of the lane that it asks for; the claim that ends last, where it has several. */
async function findHeld(context: OperationContext, question: Question): Promise<Taken | null> {
  const { taken, overlapping } = await look(context, question);
  const held = taken.filter(
    ({ task, claim, closedAbove }) => claim?.agent === question.agent && task.state === 'open' && closedAbove === null,
  );
  const byEnd = held.toSorted((a, b) => Date.parse(b.claim?.until ?? '') - Date.parse(a.claim?.until ?? ''));
  for (const next of byEnd) {
    const claim = await findOwnClaim(await storeOf(context), next.task.ref, question.agent, context.now());
    if (claim !== null) return { next, claim, isAgain: true, overlapping };
  }
  return null;
}

/** Somebody may be faster for every task that was free a moment ago, and give one back meanwhile. */
const ROUNDS = 3;

async function takeFirst(context: OperationContext, question: Question): Promise<Taken | NoneTaken> {
  for (let round = 1; ; round += 1) {
    const { free, ...others } = await look(context, question);
    const { overlapping } = others;
    for (const next of free) {
      const claim = await take(context, question, next);
      if (claim !== null) return { next, claim, isAgain: false, overlapping };
    }
    if (free.length === 0) return { ...whyNoneFree(others), overlapping };
    if (round < ROUNDS) continue;
    return { retryAt: context.now(), reason: 'Others were faster for every task that was free.', overlapping };
  }
}

async function takeThis(context: OperationContext, question: Question, wanted: Ref): Promise<Taken> {
  const { free, overlapping, taken } = await look(context, { ...question, lane: undefined });
  const next = [...free, ...overlapping, ...taken].find(({ task }) => sameRef(task.ref, wanted));
  if (next === undefined) throw notBelow(wanted, question.snapshot.umbrella);
  const own = await findOwnClaim(await storeOf(context), wanted, question.agent, context.now());
  if (own !== null && next.closedAbove === null) return { next, claim: own, isAgain: true, overlapping: [] };
  if (overlapping.includes(next)) throw notFree(next);
  const claim = free.includes(next) ? await take(context, question, next) : null;
  if (claim !== null) return { next, claim, isAgain: false, overlapping: [] };
  const again = await look(context, { ...question, lane: undefined });
  throw notFree(again.taken.find(({ task }) => sameRef(task.ref, wanted)) ?? next);
}

async function look(context: OperationContext, { snapshot, config, lane, live }: Question) {
  const claimed = applyClaims(snapshot, await readClaims(context, snapshot));
  return nextTasks(claimed, snapshot.umbrella, { config, live, ...(lane === undefined ? {} : { lane }) });
}

async function take(
  context: OperationContext,
  { snapshot, agent, leaseMs }: Question,
  { task }: NextTask,
): Promise<StoredClaim | null> {
  const now = context.now();
  const { parent } = task;
  // The rollup that has a line for it.
  const umbrella = parent !== null && snapshot.tasks.has(refKey(parent)) ? parent : snapshot.umbrella;
  return claimTask(await storeOf(context), { task: task.ref, umbrella, agent, now, until: leaseEnd(now, leaseMs) });
}

async function present(context: OperationContext, { next, claim, isAgain }: Taken, { config }: Question) {
  const { task, lane, unblocks, overlap } = next;
  const { umbrella: _umbrella, sign: _sign, ...shownClaim } = claim;
  return {
    claim: shownClaim,
    again: isAgain,
    task: { title: task.title, url: task.url, lane, unblocks, unsure: unsureOf(overlap) },
    retryAt: null,
    reason: null,
    shown: await showClaim(context, claim, config.work),
  };
}

/** Labels and assignees that claims which are over have left behind; whoever asks next tidies up. */
async function takeOldSigns(
  context: OperationContext,
  { tasks }: UmbrellaSnapshot,
  claims: readonly ClaimFacts[],
): Promise<readonly string[]> {
  const remarks: string[] = [];
  for (const { key, live, sign } of claims) {
    const task = tasks.get(key);
    if (task === undefined || live !== null || sign === null) continue;
    try {
      await takeAway(context, task.ref, sign);
    } catch (cause) {
      if (!(cause instanceof UserError)) throw cause;
      remarks.push(`the ${sign.as} of a claim that is over is still on ${formatRef(task.ref)}: ${cause.message}`);
    }
  }
  return remarks;
}

function notBelow(task: Ref, umbrella: Ref): UserError {
  const message = `${formatRef(task)} is no task below ${formatRef(umbrella)} that an agent could work on.`;
  return new UserError(
    'claim_refused',
    message,
    'Name a task without sub-issues below that umbrella, or leave it out.',
  );
}

function notFree({ task, claim, state, overlap, closedAbove }: NextTask): UserError {
  if (closedAbove !== null) {
    const message = `${formatRef(task.ref)} cannot be claimed: it is below ${formatRef(closedAbove)}, which is closed.`;
    return new UserError('claim_refused', message, `Reopen ${formatRef(closedAbove)} if its work is to go on.`);
  }
  if (overlap?.kind === 'overlap') {
    const message = `${formatRef(task.ref)} touches ${overlap.path}, which ${formatRef(overlap.pullRequest)} changes.`;
    return new UserError('claim_refused', message, 'Wait for that pull request, or ask without avoidOverlap.');
  }
  const why = claim === null ? wordsOf(state) : `agent ${claim.agent} has it until ${claim.until}`;
  const hint = 'Leave the task out to be given one that is free.';
  return new UserError('claim_refused', `${formatRef(task.ref)} cannot be claimed: ${why}.`, hint);
}

const wordsOf = ({ state, reason }: NextTask['state']): string => `it is ${state.replace('_', ' ')}, ${reason}`;
