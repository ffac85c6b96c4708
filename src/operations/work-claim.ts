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
 * own. With `task` it asks for that very task, whatever else it holds. Times are those of the store's clock, or of `--now`:
 * the token, which grows with every claim of a task, tells an old claim from a new one.
 */
import * as z from 'zod';
import { refKey } from '../core/task/identity.ts';
import { applyClaims } from '../core/work/apply-claims.ts';
import { parseLease } from '../core/work/lease.ts';
import { loadUmbrella } from '../github/load-umbrella.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import type { ClaimQuestion } from './claim-question.ts';
import { configInForce } from './config-in-force.ts';
import { loadLiveLanes } from './load-live-lanes.ts';
import { noUmbrella } from './no-umbrella.ts';
import type { Operation, OperationContext } from './operation.ts';
import { readClaims } from './read-claims.ts';
import { gapSchema, refSchema } from './rollup-schema.ts';
import { showClaim } from './show-claim.ts';
import { takeOldSigns } from './take-old-signs.ts';
import { type Taken, takeFirst, takeThis } from './take-task.ts';
import {
  agentInput,
  avoidInput,
  claimOutput,
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

type Asked = z.output<typeof input>;
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

async function claimNext(context: OperationContext, asked: Asked): Promise<Output> {
  const { github, defaultRepository } = context;
  const wanted = asked.task === undefined ? null : await resolveRef(github, asked.task, { defaultRepository });
  const { question, gaps, remarks } = await prepare(context, asked);
  const taken = wanted === null ? await takeFirst(context, question) : await takeThis(context, question, wanted);
  const base = { umbrella: question.snapshot.umbrella, leftOut: leftOutOf(taken.overlapping), gaps, remarks };
  if ('claim' in taken) return { ...base, ...(await present(context, taken, question)) };
  const { retryAt, reason } = taken;
  return { ...base, retryAt, reason, claim: null, again: false, task: null, shown: null };
}

interface Prepared extends Pick<Output, 'gaps' | 'remarks'> {
  readonly question: ClaimQuestion;
}

/** Reads what the question needs, and tidies up what old claims left on GitHub. */
async function prepare(context: OperationContext, asked: Asked): Promise<Prepared> {
  const { github, defaultRepository, now } = context;
  const leaseMs = parseLease(asked.lease);
  const umbrella = await resolveRef(github, asked.umbrella, { defaultRepository });
  const snapshot = await loadUmbrella(github, umbrella, { now });
  const root = snapshot.tasks.get(refKey(snapshot.umbrella));
  if (root === undefined || root.childrenTotal === 0) throw noUmbrella(snapshot.umbrella);
  const { config, remarks } = configInForce(snapshot);
  const avoided =
    asked.avoidOverlap === true ? await loadLiveLanes(context, snapshot, config) : { live: null, gaps: [] };
  const claims = await readClaims(context, snapshot);
  const swept = await takeOldSigns(context, { snapshot, claims, show: config.work });
  const { agent, lane, another: isAnother = false } = asked;
  return {
    // What the sweep takes away counts no longer, though it was there when the snapshot was read.
    question: { snapshot: applyClaims(snapshot, claims), config, agent, lane, leaseMs, isAnother, live: avoided.live },
    gaps: [...snapshot.gaps, ...avoided.gaps],
    remarks: [...remarks, ...swept],
  };
}

async function present(context: OperationContext, { next, claim, isAgain }: Taken, { config }: ClaimQuestion) {
  const { task, lane, unblocks, overlap } = next;
  return {
    claim: claimOutput(claim),
    again: isAgain,
    task: { title: task.title, url: task.url, lane, unblocks, unsure: unsureOf(overlap) },
    retryAt: null,
    reason: null,
    shown: await showClaim(context, claim, config.work),
  };
}
