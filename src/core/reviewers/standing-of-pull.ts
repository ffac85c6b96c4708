import type { Instant } from '../task/facts.ts';
import { loginKey } from './past-change.ts';
import type { PullReviews, ReviewStep } from './pull-reviews.ts';
import type { DeclineReason, ReviewStanding } from './review-facts.ts';

/** What the store tells of a request; where none is open, nothing. Logins in lower case. */
export interface KeptStanding {
  readonly declined: ReadonlyMap<string, DeclineReason>;
  readonly handedOffFrom: readonly string[];
  /** From whom a person took the request away. */
  readonly removed: readonly string[];
  /** Whom Parasol asked, also under another name than its own: from a command line, by somebody's token. */
  readonly asked: readonly string[];
  /** When it was last said of each of them that they do not review it. */
  readonly refusedAt: ReadonlyMap<string, Instant>;
}

export const NOTHING_KEPT: KeptStanding = {
  declined: new Map(),
  handedOffFrom: [],
  removed: [],
  asked: [],
  refusedAt: new Map(),
};

interface StandingOptions {
  /** The bot that Parasol writes as; null where it writes as a person. */
  readonly ownLogin: string | null;
  readonly kept?: KeptStanding;
  /** Whose reviews are answers, and none. */
  readonly authors?: readonly string[];
}

/** Who was asked, by whom, who was taken off, and which people have reviewed. */
export function standingOfPull(
  pull: PullReviews,
  { ownLogin, kept: allKept = NOTHING_KEPT, authors = [] }: StandingOptions,
): ReviewStanding {
  const own = new Set(authors.map(loginKey));
  const reviews = pull.reviews.filter(({ login, isBot }) => !isBot && !own.has(loginKey(login)));
  const last = lastRequestSteps(pull);
  const isOwn = (actor: string | null): boolean =>
    actor !== null && ownLogin !== null && bareLogin(actor) === bareLogin(ownLogin);
  // A person may have the login that a bot is shown by, and what a person asked is never overridden.
  const isOurs = ({ actor, isByBot }: Pick<RequestStep, 'actor' | 'isByBot'>): boolean => isByBot && isOwn(actor);
  const asked = pull.asked.filter(isPerson).map(loginKey);
  const again = [...last].filter(([login, step]) => asked.includes(login) && step.kind === 'asked' && !isOurs(step));
  const overruledAt = new Map([
    ...reviews.filter(({ state }) => VERDICTS.has(state)).map(({ login, at }) => [loginKey(login), at] as const),
    ...again.map(([login, { at }]) => [login, at] as const),
  ]);
  const kept = withoutOverruled(allKept, overruledAt);
  const removedBy = (isByBot: boolean): readonly string[] =>
    [...last].flatMap(([login, step]) => (step.kind === 'removed' && step.isByBot === isByBot ? [login] : []));
  const known = new Set([...allKept.declined.keys(), ...allKept.handedOffFrom, ...allKept.removed]);
  const isAskedByUs = (login: string): boolean => {
    const step = last.get(login);
    return kept.asked.includes(login) || (step?.kind === 'asked' && isOurs(step));
  };
  return {
    askedByPerson: asked.filter((login) => !isAskedByUs(login)),
    askedByUs: asked.filter(isAskedByUs),
    removedByPerson: [...new Set([...removedBy(false), ...kept.removed])],
    removedByBot: removedBy(true).filter((login) => !known.has(login)),
    declined: kept.declined,
    reviewed: [...new Set(reviews.map(({ login }) => loginKey(login)))],
    handedOffFrom: kept.handedOffFrom,
    assignedByUs: pull.assigned.filter(({ actor }) => isOwn(actor)).map(({ login }) => loginKey(login)),
    overruledAt,
  };
}

/** A comment alone is given by who declines, too. */
const VERDICTS: ReadonlySet<string> = new Set(['approved', 'changes_requested']);

type Refusals = Pick<KeptStanding, 'declined' | 'removed' | 'handedOffFrom' | 'refusedAt'>;

/** What is kept, but for refusals that no longer hold: see `overruledAt`. */
export function withoutOverruled<Kept extends Refusals>(
  kept: Kept,
  overruledAt: ReviewStanding['overruledAt'],
): Kept & Refusals {
  const holds = (login: string): boolean => {
    const [refusedAt, overruled] = [kept.refusedAt.get(login), overruledAt.get(login)];
    return refusedAt === undefined || overruled === undefined || Date.parse(overruled) < Date.parse(refusedAt);
  };
  return {
    ...kept,
    declined: new Map([...kept.declined].filter(([login]) => holds(login))),
    removed: kept.removed.filter(holds),
    handedOffFrom: kept.handedOffFrom.filter(holds),
  };
}

type RequestStep = Extract<ReviewStep, { readonly kind: 'asked' | 'removed' }>;

/** By person in lower case: what was said of them last. */
function lastRequestSteps({ steps }: PullReviews): ReadonlyMap<string, RequestStep> {
  const last = new Map<string, RequestStep>();
  for (const step of steps) {
    if (step.kind !== 'asked' && step.kind !== 'removed') continue;
    if (step.reviewer !== null && isPerson(step.reviewer)) last.set(loginKey(step.reviewer), step);
  }
  return last;
}

/** When somebody was asked last; null where the timeline does not say. */
export function askedAt(pull: PullReviews, login: string): Instant | null {
  const step = lastRequestSteps(pull).get(loginKey(login));
  return step?.kind === 'asked' ? step.at : null;
}

/** When it was marked as ready for the last time, else when it was opened. */
export const readyAt = ({ steps, openedAt }: PullReviews): Instant =>
  steps.findLast(({ kind }) => kind === 'ready')?.at ?? openedAt;

/** Teams are `org/team`. */
export const isPerson = (reviewer: string): boolean => !reviewer.includes('/');

/** GraphQL shows a bot without the `[bot]` that its own login ends in. */
const bareLogin = (login: string): string => loginKey(login).replace(/\[bot\]$/, '');
