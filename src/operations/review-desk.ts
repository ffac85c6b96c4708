import type { Config } from '../core/config.ts';
import type { ReviewModel } from '../core/reviewers/build-review-model.ts';
import { countWaiting, type ForAllOptions } from '../core/reviewers/choose-for-all.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { isPerson } from '../core/reviewers/standing-of-pull.ts';
import type { Instant } from '../core/task/facts.ts';
import { type RepositoryRef, refKey } from '../core/task/identity.ts';
import type { OperationContext } from './operation.ts';

/** What the reviewers of one repository are chosen by, as it was read. */
export interface ReviewDesk {
  readonly context: OperationContext;
  readonly repository: RepositoryRef;
  readonly config: Config['reviewers'];
  readonly slaSeconds: number;
  readonly model: ReviewModel;
  /** Requests of this GitHub that wait for somebody with room; where people are named and nobody is asked, see `lackingAt`. */
  readonly queued: number;
  /** When it began to be read, by the store's clock. */
  readonly seenAt: Instant;
}

/** By what anybody is chosen here; with `assigns`, also whom a person took off is missed by nobody. */
export function choiceAt(desk: ReviewDesk, { assigns }: { readonly assigns: boolean }): ForAllOptions {
  const { context, config, slaSeconds, queued } = desk;
  const spared = (request: ReviewRequest): number =>
    teamsAsked(desk, request).length + (assigns ? takenOff(request).length : 0);
  return { now: context.now(), slaSeconds, queued, seed: 0, count: config.count, spared, assigns };
}

/** Where nobody is asked there is no queue: all that lacks a reviewer waits, as for whoever suggests at a command line. */
export function lackingAt(desk: Omit<ReviewDesk, 'queued'>): number {
  const { requests, reviewers } = desk.model;
  return countWaiting(requests, reviewers, choiceAt({ ...desk, queued: 0 }, { assigns: false }));
}

/** Whom a person took off without wanting somebody else. */
export const takenOff = ({ standing: { removedByPerson, handedOffFrom } }: ReviewRequest): readonly string[] =>
  removedByPerson.filter((login) => !handedOffFrom.includes(login));

/** Teams whose review is asked for: by a person, or by CODEOWNERS in the author's name. */
const teamsAsked = ({ model }: ReviewDesk, { ref }: Pick<ReviewRequest, 'ref'>): readonly string[] =>
  model.pulls.get(refKey(ref))?.asked.filter((name) => !isPerson(name)) ?? [];
