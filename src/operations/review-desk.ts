import type { Config } from '../core/config.ts';
import type { ReviewModel } from '../core/reviewers/build-review-model.ts';
import type { ForAllOptions } from '../core/reviewers/choose-for-all.ts';
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
  /** See `countQueued`. */
  readonly queued: number;
  /** When it began to be read, by the store's clock. */
  readonly seenAt: Instant;
}

/** By what anybody is chosen here; with `assigns`, also whom a person took off is missed by nobody. */
export function choiceAt(desk: ReviewDesk, { assigns }: { readonly assigns: boolean }): ForAllOptions {
  const { context, config, slaSeconds, queued, model } = desk;
  const spared = sparedAt(model, { leavesTakenOff: assigns });
  return { now: context.now(), slaSeconds, queued, seed: 0, count: config.count, spared, assigns };
}

/**
 * Reviewers that a request is not to get, by somebody's word: a team was asked instead; with `leavesTakenOff`, also whoever a person
 * took off, so that nobody takes their place unbidden.
 */
export const sparedAt =
  (model: ReviewModel, { leavesTakenOff }: { readonly leavesTakenOff: boolean }): ForAllOptions['spared'] =>
  (request) =>
    teamsAsked(model, request).length + (leavesTakenOff ? takenOff(request).length : 0);

/**
 * Whether all that lack a reviewer are given out without those from which a person took one off. A suggestion is no more than a word,
 * so there somebody else is named; nobody is asked unless people ask for that pull request.
 */
export const leavesTakenOff = ({ mode }: Pick<Config['reviewers'], 'mode'>): boolean => mode !== 'suggest';

/** Whom a person took off without wanting somebody else. */
export const takenOff = ({ standing: { removedByPerson, handedOffFrom } }: ReviewRequest): readonly string[] =>
  removedByPerson.filter((login) => !handedOffFrom.includes(login));

/** Teams whose review is asked for: by a person, or by CODEOWNERS in the author's name. */
const teamsAsked = (model: ReviewModel, { ref }: Pick<ReviewRequest, 'ref'>): readonly string[] =>
  model.pulls.get(refKey(ref))?.asked.filter((name) => !isPerson(name)) ?? [];
