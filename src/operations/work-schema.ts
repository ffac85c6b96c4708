import * as z from 'zod';
import type { Overlap } from '../core/umbrella/assess-overlap.ts';
import type { LiveLane } from '../core/umbrella/live-lane.ts';
import type { NextTask } from '../core/umbrella/next-tasks.ts';
import { DEFAULT_LEASE } from '../core/work/lease.ts';
import type { StoredClaim } from '../store/claim-row.ts';
import { refSchema } from './rollup-schema.ts';

/** What the `work` operations, and `task next` with them, have in common. */
export const agentInput = z
  .string()
  .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S}]{1,100}$/u, { error: 'takes 1 to 100 visible characters, without spaces' })
  .describe('who works on it: a name of your own, apart from the GitHub login');

export const taskInput = z
  .string()
  .min(1)
  .max(500)
  .describe('the task: #12, owner/repo#12, the address of the issue, or a planned id');

/** The command line gives text; what is neither that nor a number is none, whatever JavaScript would make of it. */
const tokenInput = z
  .preprocess(
    (given) => (typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given),
    z
      .number({ error: 'is a whole number from 1 on, such as 3: the token that work claim answered with' })
      .int('is a whole number from 1 on, such as 3')
      .positive('is a whole number from 1 on, such as 3'),
  )
  .describe('the token that work claim answered with');

/** Who says that a claim is theirs. */
export const holderInput = z.object({ task: taskInput, agent: agentInput, token: tokenInput });

export const leaseInput = z
  .string()
  .describe(`how long, from 1m to 24h; ${DEFAULT_LEASE} when left out`)
  .default(DEFAULT_LEASE);

const instant = z.string().describe('UTC, ISO-8601');

export const claimSchema = z
  .object({
    task: refSchema,
    agent: z.string(),
    token: z
      .int()
      .describe('show it with every renewal and the release; a higher one elsewhere means that you lost it'),
    claimedAt: instant,
    expiresAt: instant.describe('when the lease runs out, UTC, ISO-8601'),
  })
  .readonly();

/** Without what only the store needs to know. */
export const claimOutput = ({
  task,
  agent,
  token,
  claimedAt,
  expiresAt,
}: StoredClaim): z.output<typeof claimSchema> => ({
  task,
  agent,
  token,
  claimedAt,
  expiresAt,
});

/** What became of showing it on GitHub, which never undoes what the store says. */
export const shownSchema = z
  .object({
    as: z.enum(['assignee', 'label', 'rollup', 'none']),
    outcome: z.enum(['done', 'unchanged', 'withheld', 'failed']),
    reason: z.string().nullable().describe('why it is withheld or failed; null otherwise'),
  })
  .readonly();

export type Shown = z.output<typeof shownSchema>;

export const avoidInput = z
  .boolean()
  .describe('leave out tasks whose files a pull request, a branch or a claim of the umbrella touches')
  .optional();

/** What `avoidOverlap` kept back. */
export const leftOutSchema = z
  .array(
    z
      .object({
        task: refSchema,
        title: z.string(),
        lane: z
          .object({
            kind: z.enum(['pull_request', 'branch', 'claim']),
            ref: refSchema.describe('the pull request; of a branch or a claim the task'),
            name: z.string().nullable().describe('of the branch or the agent; null for a pull request'),
          })
          .readonly()
          .describe('what is at work there'),
        path: z.string().describe('the first such file, or what the task of a claim says of it'),
      })
      .readonly(),
  )
  .readonly()
  .describe('free, but left out for avoidOverlap');

export const leftOutOf = (overlapping: readonly NextTask[]): z.output<typeof leftOutSchema> =>
  overlapping.flatMap(({ task, overlap }) =>
    overlap?.kind === 'overlap'
      ? [{ task: task.ref, title: task.title, lane: shownLane(overlap.lane), path: overlap.path }]
      : [],
  );

const shownLane = ({ kind, ref, name }: LiveLane) => ({ kind, ref, name });

export const unsureSchema = z
  .string()
  .nullable()
  .describe('with avoidOverlap: why nobody can say whether it overlaps; null otherwise');

export const unsureOf = (overlap: Overlap | null): string | null =>
  overlap?.kind === 'unknown' ? overlap.reason : null;
