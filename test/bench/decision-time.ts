import { chooseReviewer } from '../../src/core/reviewers/choose-reviewer.ts';
import type { CandidateState } from '../../src/core/reviewers/score-candidate.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';

const REVIEWERS = 1_000;
const OPEN = 10_000;
const ROUNDS = 101;

/** Milliseconds to choose for one request among 1,000 reviewers with 10,000 open, their backlogs summed: median of 101. */
export function measureDecision(): number {
  const random = seededRandom(1);
  const open = Array.from({ length: OPEN }, () => ({
    holder: Math.floor(random() * REVIEWERS),
    units: 0.6 + random(),
  }));
  const people = Array.from({ length: REVIEWERS }, (_, place) => drawCandidate(place, random));
  const times = Array.from({ length: ROUNDS }, (_, seed) => {
    const start = performance.now();
    const [counts, units] = [new Uint32Array(REVIEWERS), new Float64Array(REVIEWERS)];
    for (const one of open) {
      counts[one.holder] = (counts[one.holder] ?? 0) + 1;
      units[one.holder] = (units[one.holder] ?? 0) + one.units;
    }
    chooseReviewer(
      people.map((one, place) => ({ ...one, open: counts[place] ?? 0, backlog: units[place] ?? 0 })),
      { effort: 1, ageOverSla: 0.2, overload: 0.5, seed },
    );
    return performance.now() - start;
  });
  return Number((times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? Number.NaN).toFixed(2));
}

const drawCandidate = (place: number, random: () => number): CandidateState => ({
  login: `u${place}`,
  backlog: 0,
  overdrawn: 0,
  open: 0,
  pace: 0.2 + 3 * random(),
  capacity: 1 + Math.floor(20 * random()),
  hoursUntilWork: Math.floor(16 * random()),
  utilisation: random(),
  familiarity: random(),
  hasCapability: random() < 0.8,
  silence: random() ** 8,
  hoursSinceReturn: null,
  scarcity: 0,
});
