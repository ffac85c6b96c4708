import { beforeEach, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../src/sandbox/access/viewer.ts';
import { GENEROUS_LIMITS, GITHUB_LIMITS, type Limits } from '../../../src/sandbox/http/limits.ts';
import { callerOf, createRateLimiter, type RateLimiter, type Weight } from '../../../src/sandbox/http/rate-limiter.ts';

const KIM: Viewer = { ...ANONYMOUS, kind: 'user', login: 'kim' };
const BOT: Viewer = { ...ANONYMOUS, kind: 'installation', login: 'parasol[bot]', appId: 1, installationId: 2 };
const APP: Viewer = { ...ANONYMOUS, kind: 'app', login: 'parasol[bot]', appId: 1 };
const kim = callerOf(KIM);
const READ: Weight = { kind: 'rest', points: 1, createsContent: false };
const WRITE: Weight = { kind: 'rest', points: 5, createsContent: true };
const MUTATION: Weight = { kind: 'graphql', points: 5, createsContent: true };

let seconds: number;

beforeEach(() => {
  seconds = 1_000_000;
});

const limiterWith = (limits: Partial<Limits>) =>
  createRateLimiter({ ...GENEROUS_LIMITS, ...limits }, () => new Date(seconds * 1000));
const ask = (limiter: RateLimiter, weight: Weight, caller = kim) => {
  const refusal = limiter.admit(caller, weight.kind === 'rest' ? 'core' : 'graphql', weight);
  if (refusal === null) limiter.leave(caller);
  return refusal === null ? 'in' : refusal.limit === 'secondary' ? refusal.retryAfterSeconds : 'primary';
};

describe('callers', () => {
  test('are people, installations, Apps, and everybody without a token', () => {
    expect([KIM, BOT, APP, ANONYMOUS].map((viewer) => callerOf(viewer).key)).toEqual([
      'user:kim',
      'installation:2',
      'app:1',
      'anonymous:anonymous',
    ]);
  });

  test('have budgets by their kind and by resource', () => {
    const limiter = limiterWith({});
    const limits = [KIM, BOT, APP, ANONYMOUS].map((viewer) => limiter.budgetOf(callerOf(viewer), 'core').limit);
    expect([limits, limiter.budgetOf(kim, 'graphql').limit, limiter.budgetOf(kim, 'search').limit]).toEqual([
      [5000, 5000, 5000, 60],
      5000,
      30,
    ]);
  });
});

describe('the hourly budget', () => {
  test('starts with the first request and starts anew when it has run out', () => {
    const limiter = limiterWith({ corePerHour: { anonymous: 1, user: 2, installation: 1 } });
    const shown = { limit: 2, resource: 'core', reset: 1_003_600 };
    expect(limiter.spend(kim, 'core', 1)).toEqual({ ...shown, used: 1, remaining: 1 });
    seconds += 3599;
    expect(limiter.spend(kim, 'core', 1)).toEqual({ ...shown, used: 2, remaining: 0 });
    expect(ask(limiter, READ)).toBe('primary');
    seconds += 1;
    expect(ask(limiter, READ)).toBe('in');
    expect(limiter.budgetOf(kim, 'core')).toEqual({ ...shown, used: 0, remaining: 2, reset: seconds + 3600 });
  });

  test('may be overdrawn by one expensive query, and is then empty rather than negative', () => {
    const limiter = limiterWith({ graphqlPointsPerHour: { user: 3, installation: 3 } });
    expect(limiter.spend(kim, 'graphql', 50)).toMatchObject({ used: 50, remaining: 0 });
  });

  test('is exhausted for everyone on demand, until then or until it is restored', () => {
    const limiter = limiterWith({});
    limiter.exhaust(seconds + 60);
    expect([ask(limiter, READ), ask(limiter, READ, callerOf(BOT))]).toEqual(['primary', 'primary']);
    expect(limiter.budgetOf(kim, 'graphql')).toMatchObject({ remaining: 0, reset: seconds + 60 });
    limiter.restore();
    expect(ask(limiter, READ)).toBe('in');
    limiter.exhaust(seconds + 60);
    seconds += 60;
    expect(ask(limiter, READ)).toBe('in');
  });
});

describe("GitHub's secondary limits", () => {
  const timesIn = (limiter: RateLimiter, weight: Weight) => {
    let count = 0;
    while (ask(limiter, weight) === 'in') count += 1;
    return count;
  };

  test('let in 80 new things a minute and 500 an hour', () => {
    const limiter = limiterWith(GITHUB_LIMITS);
    const counts: number[] = [];
    for (let minute = 0; minute < 7; minute += 1) {
      counts.push(timesIn(limiter, WRITE));
      seconds += 61;
    }
    expect([counts, ask(limiter, WRITE)]).toEqual([[80, 80, 80, 80, 80, 80, 20], 3600]);
    seconds += 3600;
    expect(ask(limiter, WRITE)).toBe('in');
  });

  test('let in 900 points of REST a minute, whatever GraphQL does beside it', () => {
    const limiter = limiterWith({ ...GITHUB_LIMITS, contentPerMinute: 1000, contentPerHour: 1000 });
    expect([timesIn(limiter, MUTATION), timesIn(limiter, READ), ask(limiter, READ)]).toEqual([400, 900, 60]);
    seconds += 61;
    expect([timesIn(limiter, WRITE), ask(limiter, READ)]).toEqual([180, 60]);
  });

  test('let in a hundred requests at once', () => {
    const limiter = limiterWith(GITHUB_LIMITS);
    const enter = () => limiter.admit(kim, 'core', READ);
    const entered = Array.from({ length: 100 }, enter).filter((refusal) => refusal === null).length;
    const refused = enter();
    limiter.leave(kim);
    expect([entered, refused, enter()]).toEqual([100, { limit: 'secondary', retryAfterSeconds: 60 }, null]);
  });

  test('count each caller alone', () => {
    const limiter = limiterWith({ contentPerMinute: 1 });
    expect([ask(limiter, WRITE), ask(limiter, WRITE), ask(limiter, WRITE, callerOf(BOT))]).toEqual(['in', 60, 'in']);
  });

  test('are out of reach by default', () => {
    const limiter = limiterWith({});
    const statuses = new Set(Array.from({ length: 600 }, () => ask(limiter, WRITE)));
    expect([...statuses]).toEqual(['in']);
  });
});
