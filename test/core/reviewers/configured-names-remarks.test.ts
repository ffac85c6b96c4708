import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import { configuredNamesRemarks } from '../../../src/core/reviewers/configured-names-remarks.ts';
import type { ReviewSnapshot } from '../../../src/core/reviewers/review-snapshot.ts';
import { snapshot } from './build-pull-reviews.ts';

const TEAMS = known([{ name: 'octo/tides', members: ['noor'], isHere: true }]);
const GAP = { cause: 'forbidden', what: 'people' } as const;

interface Texts {
  readonly text?: string | null;
  readonly ownerText?: string | null;
}

const remarks = ({ text = null, ownerText = null }: Texts, facts: Partial<ReviewSnapshot> = {}) => {
  const { config, problems } = parseConfig({ text, ownerText });
  expect(problems).toEqual([]);
  const told = { ...snapshot({ teams: TEAMS, ...facts }), config: config.reviewers, text, path: '.github/parasol.yml' };
  return configuredNamesRemarks(told);
};

test('a name that stands for nobody is told with its line', () => {
  const text = `reviewers:
  pool: [Noor, ghost]
  exclude:
    - '@tomas'
    - 'dependabot[bot]'
  teams: [tides, octo/nope]
  people:
    kim: { capacity: 2 }
    '@uma': { capacity: 3 }
`;
  expect(remarks({ text })).toEqual([
    '.github/parasol.yml, line 2 (reviewers.pool): ghost cannot be asked for review in octo/harbor, as far as this token sees.',
    '.github/parasol.yml, line 4 (reviewers.exclude): tomas cannot be asked for review in octo/harbor, as far as this token sees.',
    '.github/parasol.yml, line 9 (reviewers.people): uma cannot be asked for review in octo/harbor, as far as this token sees.',
    '.github/parasol.yml, line 6 (reviewers.teams): there is no team octo/nope, as far as this token sees.',
  ]);
});

test('a team among people is told where it belongs', () => {
  expect(remarks({ text: "reviewers: { pool: ['@octo/tides'], exclude: [octo/tides] }" })).toEqual([
    '.github/parasol.yml, line 1 (reviewers.pool): octo/tides is no person; teams stand in `reviewers.teams`.',
    '.github/parasol.yml, line 1 (reviewers.exclude): octo/tides is no person; teams stand in `reviewers.teams`.',
  ]);
});

test('an @ before a login or a team is no part of it', () => {
  const text =
    "reviewers: { pool: ['@lena'], exclude: ['@ravi'], teams: ['@tides', '@octo/tides'], people: { '@kim': {} } }";
  const { reviewers } = parseConfig({ text, ownerText: null }).config;
  expect(reviewers).toMatchObject({ pool: ['lena'], exclude: ['ravi'], teams: ['tides', 'octo/tides'] });
  expect([Object.keys(reviewers.people), remarks({ text })]).toEqual([['kim'], []]);
});

test('what the owner’s file names is told without a line, and five of many one by one', () => {
  const ownerText = 'reviewers: { pool: [a1, a2, a3, a4, a5, a6] }';
  expect(remarks({ ownerText })).toEqual([
    ...['a1', 'a2', 'a3', 'a4', 'a5'].map(
      (name) =>
        `The configuration (reviewers.pool): ${name} cannot be asked for review in octo/harbor, as far as this token sees.`,
    ),
    'Below `reviewers:` 1 more name stands for nobody.',
  ]);
});

test('nothing is told of people or teams that could not be read', () => {
  const text = 'reviewers: { pool: [ghost], teams: [nope] }';
  expect(remarks({ text }, { people: unknown(GAP), teams: unknown(GAP) })).toEqual([]);
});
