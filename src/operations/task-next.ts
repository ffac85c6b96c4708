/**
 * Lists what can be worked on next below an umbrella: tasks that can start now and that nobody has claimed, the one that
 * the most open tasks wait for first. It is the order in which `work claim` hands them out.
 *
 *     parasol task next P3.M1
 *     parasol task next '#12' --lane api --limit 3
 *     parasol task next '#12' --avoid-overlap
 *
 * Claims of agents count: where there is a store (`DATABASE_URL`, or the folder of this user), it is opened for them, and
 * where they could not be read, a remark says so. With `avoidOverlap`, tasks are left out whose files another lane touches:
 * an open pull request of the umbrella's tasks, a branch linked to one that has no pull request yet, or a task that an agent
 * has claimed; a moved file counts by both names. What a task will touch is what it names (`core/task/declared-paths.ts`). A
 * task stays, and says so, where it names nothing, or where nobody knows what another lane touches.
 */
import * as z from 'zod';
import { refKey } from '../core/task/identity.ts';
import { type NextTask, nextTasks } from '../core/umbrella/next-tasks.ts';
import { noLaneText, notFreeWords, whyNoneFree } from '../core/work/why-none-free.ts';
import { loadUmbrella } from '../github/load-umbrella.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import { configInForce } from './config-in-force.ts';
import { loadLiveLanes } from './load-live-lanes.ts';
import { noUmbrella } from './no-umbrella.ts';
import type { Operation, OperationContext } from './operation.ts';
import { lookForClaims } from './read-claims.ts';
import { gapSchema, refSchema } from './rollup-schema.ts';
import { avoidInput, leftOutOf, leftOutSchema, unsureOf, unsureSchema } from './work-schema.ts';

const input = z.object({
  umbrella: z.string().min(1).max(500).describe('#12, owner/repo#12, the address of the issue, or a planned id'),
  lane: z.string().max(100).describe('only tasks of this lane').optional(),
  limit: z.coerce.number().int().min(1).max(1000).describe('at most so many; 10 when left out').default(10),
  avoidOverlap: avoidInput,
});

const output = z.object({
  umbrella: refSchema,
  tasks: z
    .array(
      z
        .object({
          ref: refSchema,
          title: z.string(),
          url: z.string(),
          lane: z.string().nullable(),
          unblocks: z.int().describe('open tasks that wait for it, directly or through others'),
          unsure: unsureSchema,
        })
        .readonly(),
    )
    .readonly()
    .describe('the one to begin with first'),
  total: z.int().describe('how many there are without the limit'),
  leftOut: leftOutSchema,
  notFree: z.string().describe('what is not to be had, by kind: "2 blocked, 1 claimed by agents"; empty for nothing'),
  retryAt: z.string().nullable().describe('nothing is free: when the first lease in the way runs out, UTC'),
  claimsRead: z.boolean().describe('false: an agent elsewhere may have claimed some of these'),
  gaps: z.array(gapSchema).readonly().describe('what could not be read'),
  remarks: z.array(z.string()).readonly(),
});

export const taskNext: Operation<typeof input, typeof output> = {
  name: 'task.next',
  summary: 'List the tasks below an umbrella that can be started now, the one that unblocks the most first.',
  effect: 'read',
  needsStore: true,
  input,
  output,
  run: listNext,
};

async function listNext(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  const { github, defaultRepository, now } = context;
  const umbrella = await resolveRef(github, asked.umbrella, { defaultRepository });
  const read = await loadUmbrella(github, umbrella, { now });
  const root = read.tasks.get(refKey(read.umbrella));
  if (root === undefined || root.childrenTotal === 0) throw noUmbrella(read.umbrella);
  const { config, remarks } = configInForce(read);
  const { snapshot, unread } = await lookForClaims(context, read);
  const avoided = asked.avoidOverlap === true ? await loadLiveLanes(context, read, config) : { live: null, gaps: [] };
  const next = nextTasks(snapshot, read.umbrella, {
    config,
    live: avoided.live,
    ...(asked.lane === undefined ? {} : { lane: asked.lane }),
  });
  return {
    umbrella: read.umbrella,
    tasks: next.free.slice(0, asked.limit).map(shown),
    total: next.free.length,
    leftOut: leftOutOf(next.overlapping),
    notFree: notFreeWords(next),
    retryAt: next.free.length === 0 ? whyNoneFree(next).retryAt : null,
    claimsRead: unread === null,
    gaps: [...read.gaps, ...avoided.gaps],
    remarks: [
      ...(next.noSuchLane === undefined ? [] : [noLaneText(next.noSuchLane)]),
      ...remarks,
      ...(unread === null ? [] : [unread]),
    ],
  };
}

const shown = ({ task, lane, unblocks, overlap }: NextTask) => ({
  ref: task.ref,
  title: task.title,
  url: task.url,
  lane,
  unblocks,
  unsure: unsureOf(overlap),
});
