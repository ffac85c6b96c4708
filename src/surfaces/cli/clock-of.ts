import * as z from 'zod';
import { UserError } from '../../core/failure.ts';
import { instantAt } from '../../core/instant-at.ts';
import type { Instant } from '../../core/task/facts.ts';

/** A day, or a time with its zone: anything else would mean something else on the next machine. */
const timeSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** `--now` freezes the clock; otherwise `clock` runs. Throws `usage` for a text that is no time. */
export function clockOf(now: string | undefined, clock: () => Instant): () => Instant {
  if (now === undefined) return clock;
  if (!timeSchema.safeParse(now).success) {
    throw new UserError('usage', `--now ${now} is not a time.`, 'Write it in UTC, for instance 2026-05-04T09:30:00Z.');
  }
  const instant = instantAt(Date.parse(now));
  return () => instant;
}

export const realTime = (): Instant => instantAt(Date.now());
