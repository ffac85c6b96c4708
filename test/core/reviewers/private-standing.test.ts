import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseForAll } from '../../../src/core/reviewers/choose-for-all.ts';
import { countQueued } from '../../../src/core/reviewers/count-queued.ts';
import { explainChoice } from '../../../src/core/reviewers/explain-choice.ts';
import { fullAsKnown } from '../../../src/core/reviewers/full-as-known.ts';
import { capacityToldTo } from '../../../src/core/reviewers/own-capacity.ts';
import { rankReviewers } from '../../../src/core/reviewers/rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from '../../../src/core/reviewers/review-facts.ts';
import { reviewLoads } from '../../../src/core/reviewers/review-load.ts';
import { ungivenReviews } from '../../../src/core/reviewers/ungiven-reviews.ts';
import { NOW, ref } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const OPTIONS = { now: NOW, slaSeconds: 172_800, seed: 0, assigns: false, count: 1, spared: () => 0 };

interface Read {
  readonly request: ReviewRequest;
  /** So many others lack a reviewer as well, of which every second is for who knows the database, and nobody declined any. */
  readonly backlog: number;
  readonly count?: number;
}

/** All that `explain`, `suggest` and `load` are told of, as a reader sees it. */
function readBy(viewer: string, { request, backlog, count = 1 }: Read, team: readonly Reviewer[]) {
  const { openedAt, authors } = request;
  const more = Array.from({ length: backlog }, (_, index) =>
    reviewRequest({ openedAt, authors, ref: ref(2 + index), needs: index % 2 === 0 ? [] : ['database'] }),
  );
  const requests = [request, ...more];
  const options = { ...OPTIONS, count, queued: countQueued(requests, team, { ...OPTIONS, count }) };
  const choices = chooseForAll([request], team, options);
  const [choice] = choices;
  const chosen = (choice?.chosen ?? []).map(({ login }) => login);
  const missing = choice?.missing ?? 0;
  const { eligibility } = rankReviewers(request, team, options);
  const present = team.map((one) => ({ ...one, absences: [] }));
  const scored = rankReviewers(request, present, options).candidates;
  return {
    ...{ chosen, missing },
    queue: ungivenReviews(choices, { ...options, reviewers: team }),
    explained: explainChoice({
      ...{ request, reviewers: team, eligibilities: eligibility, scored, chosen, missing, viewer },
      full: fullAsKnown(request, { requests, reviewers: team }, options),
    }),
    loads: reviewLoads(
      team.map((one) => ({ ...one, capacity: capacityToldTo(viewer, one) })),
      NOW,
    ),
  };
}

const person = fc.record({ open: fc.nat(2), capacity: fc.integer({ min: 1, max: 2 }), knows: fc.boolean() });
const AWAY = { absences: [{ from: '2026-05-01T00:00:00Z', until: null, level: 'off' }] } as const;
const BUSY = { ownCapacity: 0 };

const backlog = fc.nat(30);

/** The author reads, and `absent` is one of the others. */
const scene = fc.record({
  team: fc.array(person, { minLength: 1, maxLength: 2 }),
  absent: fc.nat(1),
  count: fc.integer({ min: 1, max: 2 }),
  hoursOld: fc.integer({ min: 0, max: 400 }),
  standing: fc.constantFrom({}, { askedByPerson: ['p0'] }, { reviewed: ['p0'] }),
  isDraft: fc.boolean(),
  backlog,
});

test('in a team of two or three who is away looks, to the letter, like who said that nothing may wait for them', () => {
  fc.assert(
    fc.property(scene, ({ team, absent, count, hoursOld, standing, isDraft, backlog }) => {
      const openedAt = new Date(Date.parse(NOW) - hoursOld * 3_600_000).toISOString();
      const familiarity = new Map(team.map(({ knows }, index) => [`p${index}`, knows ? 1 : 0]));
      const request = reviewRequest({ authors: ['kim'], openedAt, familiarity, standing, isDraft });
      const told = (more: Partial<Reviewer>) => {
        const others = team.map(({ open, capacity }, index) =>
          reviewer(`p${index}`, {
            ...{ waiting: waiting(open), capacity: { value: capacity, basis: 'history' } },
            ...(index === absent % team.length ? { ...more, capability: ['database'] } : {}),
          }),
        );
        return readBy('kim', { request, backlog, count }, [reviewer('kim'), ...others]);
      };
      expect(told(AWAY)).toEqual(told(BUSY));
    }),
  );
});

test('where nobody is found, who has no room is told by what all can count, whatever people said for themselves', () => {
  const back = { absences: [{ from: '2026-05-01T00:00:00Z', until: '2026-05-09T12:00:00Z', level: 'off' }] } as const;
  const said = fc.constantFrom<Partial<Reviewer>>(
    {},
    AWAY,
    BUSY,
    back,
    { ...AWAY, ownCapacity: 9 },
    { ownCapacity: 1 },
  );
  const member = fc.record({ open: fc.nat(3), one: said, other: said });
  fc.assert(
    fc.property(
      fc.array(member, { minLength: 1, maxLength: 3 }),
      fc.nat(200),
      backlog,
      fc.boolean(),
      (team, hoursOld, many, isDeclined) => {
        const openedAt = new Date(Date.parse(NOW) - hoursOld * 3_600_000).toISOString();
        const declined = new Map(isDeclined ? [['p0', 'too-busy' as const]] : []);
        const request = reviewRequest({ authors: ['kim'], openedAt, standing: { declined } });
        const told = (which: 'one' | 'other') => {
          const capacity = { value: 2, basis: 'history' } as const;
          const others = team.map((its, index) =>
            reviewer(`p${index}`, { waiting: waiting(its.open), capacity, ...its[which] }),
          );
          return readBy('kim', { request, backlog: many }, [reviewer('kim'), ...others]);
        };
        const [one, other] = [told('one'), told('other')];
        if (one.chosen.length + other.chosen.length > 0) return;
        expect(one).toEqual(other);
      },
    ),
  );
});

test('an absence changes no letter of what others read while somebody else is chosen all the same', () => {
  fc.assert(
    fc.property(scene, ({ team, count, hoursOld, backlog }) => {
      const openedAt = new Date(Date.parse(NOW) - hoursOld * 3_600_000).toISOString();
      const request = reviewRequest({ authors: ['kim'], openedAt, familiarity: new Map([['noor', 1]]) });
      const others = team.map(({ open }, index) => reviewer(`p${index}`, { waiting: waiting(open + 2) }));
      const [first, ...rest] = others;
      if (first === undefined || count > 1) return;
      const told = (more: Partial<Reviewer>) =>
        readBy('kim', { request, backlog }, [reviewer('kim'), reviewer('noor'), { ...first, ...more }, ...rest]);
      expect(told({}).chosen).toEqual(['noor']);
      expect(told(AWAY)).toEqual(told({}));
    }),
  );
});
