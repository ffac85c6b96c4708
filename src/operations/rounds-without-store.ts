import { type GivenRequest, withAsked, withGiven } from '../core/reviewers/with-given.ts';
import { refKey, sameRef } from '../core/task/identity.ts';
import type { ReviewRounds } from './give-reviews.ts';
import type { ReviewDesk } from './review-desk.ts';

/** Nobody knows what others give at the same moment: only what is given here counts, and whoever is chosen may be asked. */
export function roundsWithoutStore({ model }: Pick<ReviewDesk, 'model'>): ReviewRounds {
  const given: GivenRequest[] = [];
  return {
    book: {
      isHeld: async () => true,
      confirm: async ({ request: ref, login }) => {
        const request = model.requests.find((one) => refKey(one.ref) === refKey(ref));
        if (request !== undefined) given.push({ request, logins: [login] });
        return true;
      },
      withdraw: async () => {},
    },
    begin: async (requests) => ({
      requests: requests.map((request) => {
        const logins = given.filter((one) => sameRef(one.request.ref, request.ref)).flatMap((one) => one.logins);
        return withAsked({ request, logins });
      }),
      reviewers: model.reviewers.map((one) => withGiven(one, given)),
      hold: async ({ chosen }) => chosen.map(({ login }) => login),
    }),
  };
}
