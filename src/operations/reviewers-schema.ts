import * as z from 'zod';
import { gapSchema } from './rollup-schema.ts';

/** What the operations about reviewers have in common. */
export const repositoryInput = z.string().describe('owner/repo; the default repository when left out').optional();

export const reviewsOutput = {
  repository: z.string(),
  gaps: z.array(gapSchema).readonly().describe('what could not be read'),
  remarks: z.array(z.string()).readonly(),
};

/** A figure and where it comes from. */
export const learnedSchema = z
  .object({ value: z.number(), basis: z.enum(['configured', 'history', 'default']) })
  .readonly();
