import { UserError } from '../failure.ts';
import type { Instant } from '../task/facts.ts';

const MINUTE_MS = 60_000;
const SHORTEST_MS = MINUTE_MS;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

export const DEFAULT_LEASE = '30m';

/** `90m` or `2h` in milliseconds. Throws `UserError('usage')` for anything else, and outside one minute to 24 hours. */
export function parseLease(text: string): number {
  const [, digits, unit] = /^(\d{1,4})(m|h)$/.exec(text.trim().toLowerCase()) ?? [];
  const leaseMs = Number(digits) * MINUTE_MS * (unit === 'h' ? 60 : 1);
  if (leaseMs >= SHORTEST_MS && leaseMs <= LONGEST_MS) return leaseMs;
  throw new UserError('usage', `"${text}" is no lease.`, 'Write minutes or hours, from 1m to 24h, such as 30m.');
}

export const leaseEnd = (now: Instant, leaseMs: number): Instant =>
  new Date(Date.parse(now) + leaseMs).toISOString().replace('.000Z', 'Z');

/** A lease has run out at the very moment of its end. */
export const isLive = ({ until }: { readonly until: Instant }, now: Instant): boolean =>
  Date.parse(until) > Date.parse(now);
