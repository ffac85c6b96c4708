import { expect, test } from 'vitest';
import { withAsked, withGiven } from '../../../src/core/reviewers/with-given.ts';
import { ref } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const request = reviewRequest({ ref: ref(7), effort: 2, familiarity: new Map([['kim', 1]]) });

test('who was given a request counts as asked by Parasol, once', () => {
  const before = reviewRequest({ standing: { askedByUs: ['noor'], askedByPerson: ['ravi'] } });
  expect(withAsked({ request: before, logins: ['Noor', 'kim'] }).standing).toMatchObject({
    askedByUs: ['noor', 'kim'],
    askedByPerson: ['ravi'],
  });
});

test('what somebody was given waits for them, with the effort that it is for them', () => {
  const kim = reviewer('Kim', { waiting: waiting(1) });
  expect(withGiven(kim, [{ request, logins: ['kim'] }]).waiting).toEqual([
    ...waiting(1),
    { ref: ref(7), askedAt: null, dueAt: '2026-05-12T12:00:00Z', effort: 2 },
  ]);
  expect(withGiven(kim, [{ request, logins: ['lena'] }])).toEqual(kim);
  const given = withGiven(kim, [{ request, logins: ['kim'] }]);
  expect(withGiven(given, [{ request, logins: ['kim'] }])).toEqual(given);
});
