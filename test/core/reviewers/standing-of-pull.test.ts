import { expect, test } from 'vitest';
import {
  NOTHING_KEPT,
  readyAt,
  standingOfPull,
  withoutOverruled,
} from '../../../src/core/reviewers/standing-of-pull.ts';
import { asked, pull, removed } from './build-pull-reviews.ts';

const review = (login: string, state: 'approved' | 'commented') =>
  ({ login, isBot: false, at: '2026-03-18T12:00:00Z', state }) as const;
const OURS = { ownLogin: 'parasol[bot]' };
const NOTHING = {
  askedByPerson: [],
  askedByUs: [],
  removedByPerson: [],
  removedByBot: [],
  declined: new Map(),
  reviewed: [],
  handedOffFrom: [],
  assignedByUs: [],
  overruledAt: new Map(),
};

test('whom a person of the same login as the bot asked was asked by a person', () => {
  const step = { ...asked('noor', '2026-03-18T11:00:00Z', 'parasol'), isByBot: false };
  const { askedByPerson, askedByUs } = standingOfPull(pull(1, { asked: ['noor'], steps: [step] }), OURS);
  expect([askedByPerson, askedByUs]).toEqual([['noor'], []]);
});

test('who is asked was asked by a person, unless by the bot that Parasol is', () => {
  const steps = [asked('Ravi', '2026-03-18T10:00:00Z'), asked('noor', '2026-03-18T11:00:00Z', 'parasol')];
  expect(standingOfPull(pull(1, { asked: ['Ravi', 'noor', 'octo/tides'], steps }), OURS)).toEqual({
    ...NOTHING,
    askedByPerson: ['ravi'],
    askedByUs: ['noor'],
    overruledAt: new Map([['ravi', '2026-03-18T10:00:00Z']]),
  });
});

test('somebody whom a person took off stays off, until a person asks again; what Parasol took off does not count', () => {
  const steps = [
    asked('ravi', '2026-03-18T10:00:00Z', 'parasol'),
    removed('ravi', '2026-03-18T11:00:00Z', 'kim'),
    removed('noor', '2026-03-18T11:00:00Z', 'parasol'),
    removed('lena', '2026-03-18T11:00:00Z', 'kim'),
    asked('lena', '2026-03-18T12:00:00Z', 'kim'),
  ];
  expect(standingOfPull(pull(1, { asked: ['lena'], steps }), OURS)).toEqual({
    ...NOTHING,
    askedByPerson: ['lena'],
    removedByPerson: ['ravi'],
    removedByBot: ['noor'],
    overruledAt: new Map([['lena', '2026-03-18T12:00:00Z']]),
  });
});

test('what a bot took off is no word of a person, whoever looks; where the store knows why, that holds alone', () => {
  const steps = [
    removed('noor', '2026-03-18T11:00:00Z', 'parasol'),
    removed('ravi', '2026-03-18T11:00:00Z', 'parasol'),
  ];
  const kept = { ...NOTHING_KEPT, declined: new Map([['noor', 'not-mine' as const]]) };
  expect(standingOfPull(pull(1, { steps }), { ownLogin: null, kept })).toEqual({
    ...NOTHING,
    removedByBot: ['ravi'],
    declined: kept.declined,
  });
});

test('whom Parasol assigned is told from whom a person did', () => {
  const assigned = [
    { login: 'Noor', actor: 'parasol' },
    { login: 'ravi', actor: 'kim' },
    { login: 'lena', actor: null },
  ];
  expect(standingOfPull(pull(1, { assigned }), OURS).assignedByUs).toEqual(['noor']);
  expect(standingOfPull(pull(1, { assigned }), { ownLogin: null }).assignedByUs).toEqual([]);
});

test('a person whose token runs the command is a person', () => {
  const steps = [asked('ravi', '2026-03-18T10:00:00Z', 'kim')];
  expect(standingOfPull(pull(1, { asked: ['ravi'], steps }), { ownLogin: null }).askedByPerson).toEqual(['ravi']);
});

test('what the store tells counts beside the timeline', () => {
  const steps = [asked('ravi', '2026-03-18T10:00:00Z', 'kim')];
  const kept = {
    ...NOTHING_KEPT,
    declined: new Map([['noor', 'too-busy' as const]]),
    asked: ['ravi'],
    removed: ['lena'],
    handedOffFrom: ['tomas'],
  };
  const reviews = [{ login: 'Yuki', isBot: false, at: '2026-03-18T12:00:00Z', state: 'commented' as const }];
  expect(standingOfPull(pull(1, { asked: ['ravi'], steps, reviews }), { ownLogin: null, kept })).toEqual({
    askedByPerson: [],
    askedByUs: ['ravi'],
    removedByPerson: ['lena'],
    removedByBot: [],
    declined: new Map([['noor', 'too-busy']]),
    reviewed: ['yuki'],
    handedOffFrom: ['tomas'],
    assignedByUs: [],
    overruledAt: new Map([['ravi', '2026-03-18T10:00:00Z']]),
  });
});

test.each([
  ['a person asks them later', { asked: ['noor'], steps: [asked('noor', '2026-03-18T12:00:00Z')] }, ['noor'], []],
  [
    'a person asked them before',
    { asked: ['noor'], steps: [asked('noor', '2026-03-18T10:00:00Z')] },
    ['noor'],
    ['noor'],
  ],
  ['Parasol did', { asked: ['noor'], steps: [asked('noor', '2026-03-18T12:00:00Z', 'parasol')] }, [], ['noor']],
  ['they approve', { reviews: [review('noor', 'approved')] }, [], []],
  ['they comment', { reviews: [review('noor', 'commented')] }, [], ['noor']],
])('of a refusal and that %s, the later one holds', (_, facts, askedByPerson, refused) => {
  const kept = {
    ...NOTHING_KEPT,
    declined: new Map([['noor', 'too-busy' as const]]),
    removed: ['noor'],
    handedOffFrom: ['noor'],
    refusedAt: new Map([['noor', '2026-03-18T11:00:00Z']]),
  };
  const standing = standingOfPull(pull(1, facts), { ...OURS, kept });
  expect(standing).toMatchObject({ askedByPerson, removedByPerson: refused, handedOffFrom: refused });
  expect([...standing.declined.keys()]).toEqual(refused);
  const newer = { ...kept, refusedAt: new Map([['noor', '2026-03-18T13:00:00Z']]) };
  expect(withoutOverruled(newer, standing.overruledAt)).toEqual(newer);
});

test('answers of the author and words of bots are no reviews', () => {
  const review = (login: string, isBot = false) => ({
    login,
    isBot,
    at: '2026-03-18T12:00:00Z',
    state: 'commented' as const,
  });
  const reviews = [review('kim'), review('helper', true), review('noor')];
  const reviewed = (authors: readonly string[]) =>
    standingOfPull(pull(1, { reviews }), { ownLogin: null, authors }).reviewed;
  expect([reviewed(['Kim']), reviewed([])]).toEqual([['noor'], ['kim', 'noor']]);
});

test('a draft is ready when it was marked so last', () => {
  const steps = [
    { kind: 'ready', at: '2026-03-18T11:00:00Z' },
    { kind: 'draft', at: '2026-03-18T12:00:00Z' },
    { kind: 'ready', at: '2026-03-18T13:00:00Z' },
  ] as const;
  expect([readyAt(pull(1)), readyAt(pull(1, { steps }))]).toEqual(['2026-03-18T10:00:00Z', '2026-03-18T13:00:00Z']);
});
