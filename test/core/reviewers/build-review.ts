import type { Reviewer, ReviewRequest, ReviewStanding } from '../../../src/core/reviewers/review-facts.ts';
import { ref } from '../build-facts.ts';

const NOTHING_YET: ReviewStanding = {
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

type RequestInput = Partial<Omit<ReviewRequest, 'standing'>> & { readonly standing?: Partial<ReviewStanding> };

/** `octo/harbor#1` by ravi, due on May 12, 2026, that nobody was asked for and that asks for no capability. */
export function reviewRequest({ standing, ...input }: RequestInput = {}): ReviewRequest {
  return {
    ref: ref(1),
    title: 'Moor the ships',
    url: 'https://github.com/octo/harbor/pull/1',
    openedAt: '2026-05-08T12:00:00Z',
    dueAt: '2026-05-12T12:00:00Z',
    effort: 1,
    isDraft: false,
    isDependencyBot: false,
    agent: null,
    authors: ['ravi'],
    needs: [],
    vacantOwners: [],
    familiarity: new Map(),
    ...input,
    standing: { ...NOTHING_YET, ...standing },
  };
}

/** A person who may be asked for anything: one unit a day, four at once, nothing waiting, no absence. */
export function reviewer(login: string, input: Partial<Reviewer> = {}): Reviewer {
  return {
    login,
    capability: [],
    hasAccess: true,
    canApprove: true,
    pace: { value: 1, basis: 'default' },
    hours: null,
    turn: { value: 24, basis: 'default' },
    capacity: { value: 4, basis: 'default' },
    ownCapacity: null,
    isBusy: false,
    absences: [],
    lastSeenAt: null,
    rhythm: { presentDays: 0, silentDays: 0, returns: 0 },
    waiting: [],
    overdrawn: 0,
    utilisation: null,
    utilisationWhenThere: null,
    scarcity: { share: 0, tags: [] },
    ...input,
  };
}

/** So many requests that wait for somebody, a unit each. */
export const waiting = (count: number): Reviewer['waiting'] =>
  Array.from({ length: count }, (_, index) => ({ ref: ref(100 + index), askedAt: null, dueAt: null, effort: 1 }));
