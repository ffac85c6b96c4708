import { instantAt } from '../instant-at.ts';
import type { Instant } from '../task/facts.ts';

export const secondsAfter = (instant: Instant, seconds: number): Instant =>
  instantAt(Date.parse(instant) + seconds * 1000);
