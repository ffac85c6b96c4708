import type { Desk, Person, ReviewPolicy, Waiting } from '../../src/core/reviewers/simulation/review-policy.ts';

type Cost = (person: Person, request: Waiting, desk: Desk) => number;

/** Asks whoever costs least; equals by chance. */
const cheapest =
  (costOf: Cost): ReviewPolicy['choose'] =>
  (request, candidates, desk) => {
    let best: { readonly person: Person; readonly cost: number; readonly chance: number } | null = null;
    for (const person of candidates) {
      const [cost, chance] = [costOf(person, request, desk), desk.random()];
      if (best === null || cost < best.cost || (cost === best.cost && chance < best.chance))
        best = { person, cost, chance };
    }
    return best?.person ?? null;
  };

const anyOf: ReviewPolicy['choose'] = (_, candidates, { random }) =>
  candidates[Math.floor(random() * candidates.length)] ?? null;

const knows = (person: Person, request: Waiting): number => request.familiarity[person.id] ?? 0;

/** Requests within 30 days, which GitHub's load balance counts besides those that wait. */
const askedOfLate = ({ askedHours }: Person, hour: number): number => {
  let count = 0;
  while ((askedHours[askedHours.length - 1 - count] ?? Number.NEGATIVE_INFINITY) >= hour - 30 * 24) count += 1;
  return count;
};

/** As triagebot's `max` on assignments in its queue. */
const CAP = 4;

const plain = (choose: ReviewPolicy['choose']): ReviewPolicy => ({
  choose,
  arrangeQueue: null,
  urgency: null,
  planHandOffs: null,
});

export const REVIEW_RIVALS = {
  random: plain(anyOf),
  gitHubRoundRobin: plain(cheapest(({ askedHours }) => askedHours.at(-1) ?? 0)),
  gitHubLoadBalance: plain(cheapest((person, _, { hour }) => askedOfLate(person, hour) + person.queue.length)),
  leastOpen: plain(cheapest(({ queue }) => queue.length)),
  triagebot: plain((request, candidates, desk) =>
    anyOf(
      request,
      candidates.filter(({ queue }) => queue.length < CAP),
      desk,
    ),
  ),
  blameTop: plain(cheapest((person, request) => -knows(person, request))),
  /** Mirsaeedi and Rigby's and WhoDo's shape (Asthana et al. 2019): expertise over e to the half of what is open. */
  whoDo: plain(cheapest((person, request) => -(knows(person, request) + 0.01) / Math.exp(0.5 * person.queue.length))),
} satisfies Readonly<Record<string, ReviewPolicy>>;
