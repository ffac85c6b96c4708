import { assignBatch, type BatchPerson, type BatchRequest } from '../../src/core/reviewers/assign-batch.ts';
import { type CandidateState, scoreCandidate, scoreOf } from '../../src/core/reviewers/score-candidate.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';

const NOW = '2026-05-10T12:00:00Z';
const DAY_MS = 86_400_000;
const SLA_DAYS = 5;
const WARM_UPS = 2;
const TAGS = ['api', 'database', 'docs', 'web'];
const TYPICAL_EFFORT = 1.25;

interface Reviewing extends BatchPerson {
  readonly state: CandidateState;
}

interface Wanted extends BatchRequest {
  readonly effort: number;
  readonly author: string;
  readonly familiarity: ReadonlyMap<string, number>;
}

/** The median time of solving a backlog in memory, scores of all pairs among it; milliseconds. */
export interface BatchTime {
  readonly batchMilliseconds: number;
  /** User and system time of this process, on average: what a busy machine stretches less. */
  readonly cpuMilliseconds: number;
  readonly assigned: number;
  readonly queued: number;
}

/**
 * 500 requests over 200 reviewers, drawn from a seed before the time begins: ages over a week, so that some are breached; a third
 * needs a capability that one in four people has; one in five wants two reviewers. `seatsEach` 2 makes it tight: 400 seats for
 * about 600 reviews.
 */
export function measureBatch({ requests = 500, reviewers = 200, seatsEach = 4, runs = 7 } = {}): BatchTime {
  const random = seededRandom(7);
  const people = Array.from({ length: reviewers }, (_, index) => drawReviewer(random, index, seatsEach));
  const backlog = Array.from({ length: requests }, (_, index) => drawRequest(random, index, people));
  const solve = () => solveDrawn(backlog, people);
  for (let run = 0; run < WARM_UPS; run += 1) solve();
  const cpu = process.cpuUsage();
  const times = Array.from({ length: runs }, () => {
    const from = performance.now();
    solve();
    return performance.now() - from;
  });
  const { user, system } = process.cpuUsage(cpu);
  const result = solve();
  return {
    cpuMilliseconds: (user + system) / 1000 / runs,
    batchMilliseconds: times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN,
    assigned: result.assigned.length,
    queued: result.queue.length,
  };
}

function solveDrawn(requests: readonly Wanted[], people: readonly Reviewing[]) {
  return assignBatch(requests, people, {
    seed: 1,
    cost: (request, { login, state }) => {
      if (request.author === login) return null;
      const familiarity = request.familiarity.get(login) ?? 0;
      return scoreOf(scoreCandidate({ ...state, familiarity }, { effort: request.effort, typicalUtilisation: 0.5 }));
    },
  });
}

function drawReviewer(random: () => number, index: number, seatsEach: number): Reviewing {
  const login = `reviewer-${index}`;
  const state: CandidateState = {
    login,
    backlog: 4 * random(),
    overdrawn: 0,
    open: 1,
    pace: 0.4 + 3 * random(),
    capacity: 4,
    hoursUntilWork: 16 * random(),
    utilisation: random(),
    familiarity: 0,
    hasCapability: true,
    silence: 0,
    hoursSinceReturn: null,
    scarcity: 0,
  };
  const capability = TAGS.filter(() => random() < 0.25);
  const waitBehind = (others: number): number => {
    const backlog = state.backlog + others * TYPICAL_EFFORT;
    const situation = { effort: 0, typicalUtilisation: 0 };
    return scoreCandidate({ ...state, backlog }, situation).wait - scoreCandidate(state, situation).wait;
  };
  return {
    login,
    capability,
    state,
    seats: Array.from({ length: seatsEach }, (_, place) => waitBehind(place)),
  };
}

function drawRequest(random: () => number, index: number, people: readonly Reviewing[]): Wanted {
  const openedMs = Date.parse(NOW) - 7 * DAY_MS * random();
  const someone = (): string => people[Math.floor(random() * people.length)]?.login ?? '';
  return {
    ref: { owner: 'octo', repo: 'harbor', number: index + 1 },
    openedAt: new Date(openedMs).toISOString(),
    dueAt: new Date(openedMs + SLA_DAYS * DAY_MS).toISOString(),
    urgency: (Date.parse(NOW) - openedMs) / (SLA_DAYS * DAY_MS),
    count: random() < 0.2 ? 2 : 1,
    needs: random() < 1 / 3 ? [TAGS[Math.floor(random() * TAGS.length)] ?? ''] : [],
    effort: 0.6 + random(),
    author: someone(),
    familiarity: new Map(Array.from({ length: 8 }, () => [someone(), random()])),
  };
}
