import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseForAll } from '../../../src/core/reviewers/choose-for-all.ts';
import { chooseWithNamed } from '../../../src/core/reviewers/choose-with-named.ts';
import type { Reviewer, ReviewRequest, ReviewStanding } from '../../../src/core/reviewers/review-facts.ts';
import { NOW, ref } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const LOGINS = ['Kim', 'lena', 'noor', 'tomas'];
const KEYS = LOGINS.map((login) => login.toLowerCase());
const OPTIONS = { now: NOW, slaSeconds: 172_800, seed: 0, assigns: true, spared: () => 0 };

/** What keeps somebody from a request for good, said of it in the one place that says so. */
const AGAINST: readonly ((key: string) => Partial<Omit<ReviewRequest, 'standing'>> & {
  readonly standing?: Partial<ReviewStanding>;
})[] = [
  (key) => ({ authors: [key] }),
  (key) => ({ authors: ['ravi', key] }),
  (key) => ({ agent: key }),
  (key) => ({ standing: { declined: new Map([[key, 'too-busy']]) } }),
  (key) => ({ standing: { declined: new Map([[key, 'conflict']]) } }),
  (key) => ({ standing: { removedByPerson: [key] } }),
  (key) => ({ standing: { removedByBot: [key] } }),
  (key) => ({ standing: { handedOffFrom: [key] } }),
];

const people = fc.tuple(
  ...LOGINS.map((login) =>
    fc
      .record({
        open: fc.nat(3),
        isAway: fc.boolean(),
        hasAccess: fc.constantFrom(true, true, false, null),
        capability: fc.subarray(['database']),
      })
      .map(
        ({ open, isAway, hasAccess, capability }): Reviewer =>
          reviewer(login, {
            ...{ waiting: waiting(open), hasAccess, capability },
            absences: isAway ? [{ from: '2026-05-01T00:00:00Z', until: null, level: 'finish_only' }] : [],
          }),
      ),
  ),
);

const drawn = fc.array(
  fc.record({
    against: fc.constantFrom(...AGAINST),
    whom: fc.constantFrom(...KEYS),
    hoursOld: fc.integer({ min: 0, max: 900 }),
    needs: fc.subarray(['database']),
  }),
  { minLength: 1, maxLength: 10 },
);

test('nobody who may not is ever chosen, however much waits, also where a suggestion that stands names them', () => {
  fc.assert(
    fc.property(people, drawn, fc.integer({ min: 1, max: 3 }), fc.nat(40), (reviewers, all, count, queued) => {
      const requests = all.map(({ against, whom, hoursOld, needs }, index) =>
        reviewRequest({
          ...{ ref: ref(index + 1), needs },
          openedAt: new Date(Date.parse(NOW) - hoursOld * 3_600_000).toISOString(),
          ...against(whom),
        }),
      );
      const options = { ...OPTIONS, count, queued };
      const named = requests.map((request) => ({ request, logins: LOGINS }));
      const choices = [
        chooseForAll(requests, reviewers, options),
        chooseWithNamed(requests, reviewers, { ...options, named }),
      ];
      const out = new Set(reviewers.flatMap((one) => (one.absences.length > 0 || !one.hasAccess ? [one.login] : [])));
      for (const [place, { whom, needs }] of all.entries())
        for (const { login } of choices.flatMap((one) => one[place]?.chosen ?? [])) {
          expect(login.toLowerCase()).not.toBe(whom);
          expect(out).not.toContain(login);
          if (needs.length > 0) expect(reviewers.find((one) => one.login === login)?.capability).toEqual(['database']);
        }
    }),
    { numRuns: 300 },
  );
});
