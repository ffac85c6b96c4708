import type { Viewer } from '../access/viewer.ts';
import type { Limits } from './limits.ts';

export type Resource = 'core' | 'graphql' | 'search';

/** One budget as `GET /rate_limit` and the `x-ratelimit-*` headers show it; `reset` is in seconds since 1970. */
export interface Budget {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly reset: number;
  readonly resource: Resource;
}

/** Why a request is refused before anything else looks at it. */
export type LimitRefusal =
  | { readonly limit: 'primary'; readonly budget: Budget }
  | { readonly limit: 'secondary'; readonly retryAfterSeconds: number };

/** What a request would weigh against the secondary limits. */
export interface Weight {
  readonly kind: 'rest' | 'graphql';
  readonly points: number;
  readonly createsContent: boolean;
}

export interface RateLimiter {
  /** Null when the request may go on; `leave` has to follow once it is answered. */
  admit(caller: Caller, resource: Resource, weight: Weight): LimitRefusal | null;
  leave(caller: Caller): void;
  /** Takes points from the hourly budget, once the answer is known (a 304 costs nothing). */
  spend(caller: Caller, resource: Resource, points: number): Budget;
  budgetOf(caller: Caller, resource: Resource): Budget;
  /** Uses up every budget, known and new, until that moment. */
  exhaust(untilSeconds: number): void;
  restore(): void;
}

/** Budgets belong to a person or an installation, not to the single token. */
export interface Caller {
  readonly key: string;
  readonly kind: Viewer['kind'];
}

/** Whose budgets a request uses; everybody without a token shares one. */
export function callerOf(viewer: Viewer): Caller {
  const owner = viewer.installationId ?? viewer.appId ?? viewer.login ?? 'anonymous';
  return { key: `${viewer.kind}:${owner}`, kind: viewer.kind };
}

interface Window {
  used: number;
  reset: number;
}

interface Recent {
  readonly at: number;
  readonly weight: Weight;
}

/** Counts what every caller uses against GitHub's hourly budgets and its secondary limits. */
export function createRateLimiter(limits: Limits, clock: () => Date): RateLimiter {
  const windows = new Map<string, Window>();
  const recent = new Map<string, Recent[]>();
  const underWay = new Map<string, number>();
  let exhaustedUntil = 0;

  const seconds = () => Math.floor(clock().getTime() / 1000);

  const windowOf = (caller: Caller, resource: Resource): Window => {
    const key = `${caller.key} ${resource}`;
    const known = windows.get(key);
    if (known && known.reset > seconds()) return known;
    const fresh = { used: 0, reset: seconds() + (resource === 'search' ? 60 : 3600) };
    windows.set(key, fresh);
    return fresh;
  };

  const budgetOf = (caller: Caller, resource: Resource): Budget => {
    const limit = primaryLimitOf(limits, caller, resource);
    if (exhaustedUntil > seconds()) return { limit, used: limit, remaining: 0, reset: exhaustedUntil, resource };
    const { used, reset } = windowOf(caller, resource);
    return { limit, used, remaining: Math.max(0, limit - used), reset, resource };
  };

  const admit = (caller: Caller, resource: Resource, weight: Weight): LimitRefusal | null => {
    const budget = budgetOf(caller, resource);
    if (budget.remaining === 0) return { limit: 'primary', budget };
    const now = clock().getTime();
    const lastHour = (recent.get(caller.key) ?? []).filter(({ at }) => at > now - 3_600_000);
    const retryAfterSeconds = findSecondaryWait(limits, {
      lastHour,
      now,
      weight,
      underWay: underWay.get(caller.key) ?? 0,
    });
    if (retryAfterSeconds !== null) return { limit: 'secondary', retryAfterSeconds };
    recent.set(caller.key, [...lastHour, { at: now, weight }]);
    underWay.set(caller.key, (underWay.get(caller.key) ?? 0) + 1);
    return null;
  };

  return {
    admit,
    leave: (caller) => {
      underWay.set(caller.key, (underWay.get(caller.key) ?? 1) - 1);
    },
    spend: (caller, resource, points) => {
      windowOf(caller, resource).used += points;
      return budgetOf(caller, resource);
    },
    budgetOf,
    exhaust: (untilSeconds) => {
      exhaustedUntil = untilSeconds;
    },
    restore: () => {
      exhaustedUntil = 0;
      windows.clear();
      recent.clear();
    },
  };
}

function primaryLimitOf(limits: Limits, caller: Caller, resource: Resource): number {
  if (resource === 'search') return limits.searchPerMinute;
  if (resource === 'graphql') {
    return caller.kind === 'installation' ? limits.graphqlPointsPerHour.installation : limits.graphqlPointsPerHour.user;
  }
  if (caller.kind === 'anonymous') return limits.corePerHour.anonymous;
  return caller.kind === 'user' ? limits.corePerHour.user : limits.corePerHour.installation;
}

interface Load {
  readonly lastHour: readonly Recent[];
  readonly now: number;
  readonly weight: Weight;
  readonly underWay: number;
}

/** Seconds to wait before the request would fit, or null when it fits now. */
function findSecondaryWait(limits: Limits, { lastHour, now, weight, underWay }: Load): number | null {
  const lastMinute = lastHour.filter(({ at }) => at > now - 60_000);
  const points = sumPoints(lastMinute, weight.kind) + weight.points;
  const allowed = weight.kind === 'rest' ? limits.restPointsPerMinute : limits.graphqlPointsPerMinute;
  if (underWay >= limits.concurrentRequests || points > allowed) return 60;
  if (!weight.createsContent) return null;
  if (countContent(lastMinute) >= limits.contentPerMinute) return 60;
  return countContent(lastHour) >= limits.contentPerHour ? 3600 : null;
}

function sumPoints(entries: readonly Recent[], kind: Weight['kind']): number {
  return entries.reduce((sum, entry) => (entry.weight.kind === kind ? sum + entry.weight.points : sum), 0);
}

function countContent(entries: readonly Recent[]): number {
  return entries.filter(({ weight }) => weight.createsContent).length;
}
