import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { poolRemarks } from '../../../src/core/reviewers/pool-remarks.ts';
import type { Reviewer } from '../../../src/core/reviewers/review-facts.ts';
import { pull, snapshot } from './build-pull-reviews.ts';
import { reviewer } from './build-review.ts';

type Facts = Parameters<typeof poolRemarks>[0];

const past = [
  {
    ...{ author: 'kim', at: '2026-03-01T12:00:00Z', changedLines: 3, changedLinesByFolder: new Map() },
    reviews: [{ login: 'noor', at: '2026-03-01T11:00:00Z' }],
  },
];

const remarks = (
  reviewers: readonly Reviewer[],
  { config = {}, isEverybody = false, ...more }: Partial<RemarkInput> = {},
) =>
  poolRemarks({
    model: { reviewers, past, isEverybody },
    snapshot: snapshot({ open: [pull(1)], ...more }),
    config: { ...DEFAULT_CONFIG.reviewers, ...config },
  });

type RemarkInput = Parameters<typeof snapshot>[0] & {
  readonly config: Partial<Facts['config']>;
  readonly isEverybody: boolean;
};

const GONE = { hasAccess: false };
const UNREAD = { known: false, gap: { cause: 'forbidden', what: 'who can be assigned' } } as const;

test('where two can be asked there is nothing to remark', () => {
  expect(remarks([reviewer('kim'), reviewer('noor'), reviewer('ghost', GONE)])).toEqual([]);
});

test('where people are asked of whom only their access is known, that is told', () => {
  expect(remarks([reviewer('kim'), reviewer('noor')], { isEverybody: true })).toEqual([
    'Fewer than two people reviewed here of late or own files: everybody else whose approval counts here may be asked too, and whose role could not be read. `reviewers.pool` names who reviews.',
  ]);
});

test.each<[string, readonly Reviewer[], Partial<RemarkInput>, string]>([
  [
    'everybody with access',
    [reviewer('kim')],
    {},
    'Only kim can be asked: nobody else has access to octo/harbor, as far as this token sees. Nobody reviews their own pull requests.',
  ],
  [
    'everybody with access but who is left out',
    [reviewer('kim')],
    { config: { exclude: ['noor'] } },
    'Only kim can be asked: nobody else has access to octo/harbor, as far as this token sees, `reviewers.exclude` and `reviewers.agents` aside. Nobody reviews their own pull requests.',
  ],
  [
    'those whom the configuration names',
    [reviewer('kim'), reviewer('octo/tides', GONE)],
    { config: { pool: ['kim', 'octo/tides'] } },
    'Of those whom `reviewers.pool` and `reviewers.teams` name, only kim can be asked here; others were not looked at. Nobody reviews their own pull requests.',
  ],
])('one who can be asked is told with who was looked at: %s', (_, reviewers, input, words) => {
  expect(remarks(reviewers, input)).toEqual([words]);
});

test.each<[string, readonly Reviewer[], Partial<RemarkInput>]>([
  [
    'nobody whom `reviewers.pool` and `reviewers.teams` name has access, as far as this token sees',
    [reviewer('octo/tides', GONE)],
    { config: { pool: ['octo/tides'] } },
  ],
  ['nobody has access, as far as this token sees', [], {}],
  ['nobody has reviewed or owns files here, and who has access could not be read', [], { people: UNREAD }],
])('where nobody can be asked it is said why: %s', (why, reviewers, input) => {
  expect(remarks(reviewers, input)).toEqual([`Nobody can be asked for review: ${why}.`]);
});

test('one of whom nobody knows whether others have access is no matter, and a repository without reviews is', () => {
  expect(remarks([reviewer('kim')], { people: UNREAD })).toEqual([]);
  const config = DEFAULT_CONFIG.reviewers;
  const model = { reviewers: [reviewer('kim'), reviewer('noor')], past: [], isEverybody: false };
  expect(poolRemarks({ model, snapshot: snapshot({ open: [pull(1)] }), config })).toEqual([
    'Nobody has reviewed here yet: pace and capacity are defaults.',
  ]);
  expect(poolRemarks({ model, snapshot: snapshot({ open: [], past: [] }), config })).toEqual([
    'No pull request was ever opened here: there is nothing to go by yet.',
  ]);
});
