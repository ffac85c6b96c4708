import * as z from 'zod';
import { actionSchema, actorSchema } from '../report-schema.ts';

/** In the order in which they are told: what was lost, what collides, what only has to be merged, what can be started. */
export const TODAY_KINDS = ['missing', 'conflict', 'merge', 'start'] as const;
export type TodayKind = (typeof TODAY_KINDS)[number];

export const todayLineSchema = z
  .object({
    kind: z.enum(TODAY_KINDS),
    ref: z.string().describe('the task or pull request that it is about: owner/repo#12'),
    title: z.string(),
    url: z.string(),
    why: z.string(),
    since: z.string().nullable().describe('RFC 3339, UTC'),
    age_seconds: z.int().nonnegative().nullable(),
    actor: actorSchema,
    action: actionSchema,
  })
  .readonly();
export type TodayLine = z.output<typeof todayLineSchema>;
