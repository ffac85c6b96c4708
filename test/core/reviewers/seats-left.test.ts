import { expect, test } from 'vitest';
import { seatsLeft } from '../../../src/core/reviewers/seats-left.ts';
import { reviewer, reviewRequest } from './build-review.ts';

const PEOPLE = [reviewer('Kim', { capability: ['api'] }), reviewer('noor', { capability: ['database'] })];
const left = (standing: Parameters<typeof reviewRequest>[0] = {}, count = 2) =>
  seatsLeft(reviewRequest({ needs: ['api', 'database'], ...standing }), count, PEOPLE);

test('everything is left to find where nobody is asked', () => {
  expect(left()).toEqual({ count: 2, needs: ['api', 'database'] });
});

test('whoever is asked or has reviewed fills a place once, and has what they have', () => {
  expect(left({ standing: { askedByPerson: ['kim'], reviewed: ['kim'] } })).toEqual({ count: 1, needs: ['database'] });
  expect(left({ standing: { askedByUs: ['kim'], reviewed: ['noor'] } })).toEqual({ count: 0, needs: [] });
});

test('a capability is still looked for where only we filled the places', () => {
  expect(left({ standing: { askedByUs: ['kim'] } }, 1)).toEqual({ count: 0, needs: ['database'] });
});

test('nobody is added to those whom a person asked, once they are enough', () => {
  expect(left({ standing: { askedByPerson: ['kim'] } }, 1)).toEqual({ count: 0, needs: [] });
  expect(left({ standing: { askedByPerson: ['kim', 'lena', 'tomas'] } }, 1)).toEqual({ count: 0, needs: [] });
});

test('who declined, was taken off or handed it on fills no place', () => {
  expect(
    left({
      standing: {
        askedByUs: ['kim', 'noor', 'lena'],
        declined: new Map([['kim', 'too-busy']]),
        removedByPerson: ['noor'],
        handedOffFrom: ['lena'],
      },
    }),
  ).toEqual({ count: 2, needs: ['api', 'database'] });
});
