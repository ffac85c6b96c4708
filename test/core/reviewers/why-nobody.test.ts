import { expect, test } from 'vitest';
import type { Reviewer, ReviewRequest } from '../../../src/core/reviewers/review-facts.ts';
import { whyNobody } from '../../../src/core/reviewers/why-nobody.ts';
import { reviewer, reviewRequest } from './build-review.ts';

const AWAY = [{ from: '2026-01-01T00:00:00Z', until: null, level: 'off' }] as const;
const why = (request: ReviewRequest, missing = 1, reviewers: readonly Reviewer[] = [reviewer('kim')]): string =>
  whyNobody(request, { missing, reviewers });

test.each<[string, ReviewRequest, number, readonly Reviewer[]]>([
  ['nobody is available for it now', reviewRequest(), 1, [reviewer('kim', { absences: AWAY })]],
  ['nobody but its authors can be asked here', reviewRequest(), 1, [reviewer('ravi')]],
  ['nobody but its authors can be asked here', reviewRequest(), 1, [reviewer('kim', { hasAccess: false })]],
  [
    'nobody is available for it now',
    reviewRequest({ needs: ['api', 'tides'] }),
    1,
    [reviewer('kim', { capability: ['tides'], absences: AWAY })],
  ],
  [
    'nobody who may be asked is known to have what it asks for: api, tides',
    reviewRequest({ needs: ['api', 'tides'], authors: ['Lena'] }),
    1,
    [
      reviewer('kim'),
      reviewer('lena', { capability: ['tides'] }),
      reviewer('noor', { capability: ['api'], hasAccess: false }),
    ],
  ],
  [
    'everybody who could review it has declined (kim)',
    reviewRequest({ needs: ['api'], standing: { declined: new Map([['kim', 'too-busy']]) } }),
    1,
    [reviewer('kim', { capability: ['api'] }), reviewer('noor')],
  ],
  [
    'nobody is left who could review it: kim and tomas declined, noor is asked, lena was taken off by a person',
    reviewRequest({
      standing: {
        declined: new Map([
          ['kim', 'too-busy'],
          ['tomas', 'conflict'],
        ]),
        ...{ askedByUs: ['noor'], removedByPerson: ['lena'] },
      },
    }),
    1,
    [reviewer('kim'), reviewer('noor'), reviewer('tomas'), reviewer('lena')],
  ],
  [
    'nobody is available for it now',
    reviewRequest({ standing: { declined: new Map([['kim', 'too-busy']]) } }),
    1,
    [reviewer('kim'), reviewer('noor', { absences: AWAY })],
  ],
])('%s', (words, request, missing, reviewers) => {
  expect(why(request, missing, reviewers)).toBe(words);
});

test('a request that has its reviewers says who they are', () => {
  expect([
    why(reviewRequest({ isDraft: true })),
    why(reviewRequest({ isDependencyBot: true })),
    why(reviewRequest({ standing: { askedByPerson: ['kim'], askedByUs: ['noor'] } }), 0),
    why(reviewRequest({ standing: { reviewed: ['kim'] } }), 0),
    why(reviewRequest(), 0),
  ]).toEqual([
    'it is a draft',
    'it only updates dependencies',
    'kim and noor are asked already',
    'kim reviewed it already',
    'a team is asked already',
  ]);
});
