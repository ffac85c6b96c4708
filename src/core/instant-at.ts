import type { Instant } from './task/facts.ts';

/** Milliseconds since 1970 as GitHub writes times: UTC, whole seconds. */
export const instantAt = (milliseconds: number): Instant =>
  new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
