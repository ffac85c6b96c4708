import * as z from 'zod';

const interval = z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]);

const reviewerRow = z.object({
  id: z.string().min(1),
  timeZoneOffsetHours: z.number(),
  budgetPerReviewDayAtFullUtilisation: z.number().positive(),
  member: z.array(interval),
  away: z.array(interval),
  reviewHours: z.array(z.number().int().nonnegative()),
});

const changeRow = z.object({
  number: z.number().int(),
  author: z.string(),
  /** The account that opened it, where an agent wrote it under somebody's login; left out where it is the author. */
  openedBy: z.string().nullish(),
  openedAt: z.iso.datetime(),
  work: z.number().positive(),
  familiarity: z.record(z.string(), z.number().min(0).max(1)),
});

/**
 * A drawn world: what happens whoever is asked. Intervals are hours since `start`, the second one no longer in it;
 * `reviewHours` are the hours in which somebody sits down to review, and `arrivalsUntil` ends the window that is measured.
 */
export const reviewWorldSchema = z.object({
  start: z.iso.datetime(),
  arrivalsUntil: z.iso.datetime(),
  end: z.iso.datetime(),
  hours: z.number().int().positive().max(400_000),
  reviewers: z.array(reviewerRow).min(1),
  changes: z.array(changeRow),
});

export type ReviewWorld = z.infer<typeof reviewWorldSchema>;
export type WorldReviewer = ReviewWorld['reviewers'][number];
export type WorldChange = ReviewWorld['changes'][number];
