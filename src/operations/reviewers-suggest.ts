/**
 * Says whom to ask for a review, and why.
 *
 *     parasol reviewers suggest 41
 *     parasol reviewers suggest --all             every open pull request that lacks a reviewer, as one batch
 *     parasol reviewers suggest --all --write     and asks them
 *
 * Whoever a person asked stays, whoever a person took off is not asked again, and who declined is not either. Drafts and
 * updates of dependencies are left out. Without --write nothing is written.
 */
import * as z from 'zod';
import type { Change } from '../core/change.ts';
import { UserError } from '../core/failure.ts';
import {
  chooseForAll,
  countWaiting,
  type ForAllOptions,
  type RequestChoice,
} from '../core/reviewers/choose-for-all.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { isPerson } from '../core/reviewers/standing-of-pull.ts';
import { type Ref, type RepositoryRef, refKey } from '../core/task/identity.ts';
import { changeSchema } from './change-schema.ts';
import { type LoadedReviews, loadReviewModel } from './load-review-model.ts';
import type { Operation, OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';
import { pullRefOf, repositoryInput, requestOf, reviewsOutput } from './reviewers-schema.ts';
import { refSchema } from './rollup-schema.ts';

const input = z.object({
  pull: z.string().min(1).max(500).describe('the pull request: #41, owner/repo#41, or its address').optional(),
  all: z.boolean().describe('every open pull request that lacks a reviewer, as one batch').optional(),
  repository: repositoryInput,
});

const chosenSchema = z
  .object({
    login: z.string(),
    knows: z.number().describe('share of the changed lines in folders that this person knows, 0 to 1'),
    open: z.int().describe('what waits for this person now'),
    capacity: z.number(),
  })
  .readonly();

const output = z.object({
  ...reviewsOutput,
  requests: z
    .array(
      z
        .object({
          ref: refSchema,
          title: z.string(),
          chosen: z.array(chosenSchema).readonly(),
          missing: z.int().describe('reviewers for whom nobody is available now'),
          why: z.string().nullable().describe('why nobody is to be asked; null where somebody is'),
        })
        .readonly(),
    )
    .readonly(),
  changes: z.array(changeSchema).readonly().describe('what --write does'),
  mode: z.enum(['off', 'observe', 'suggest', 'assign']).describe('of the configuration'),
});

export const reviewersSuggest: Operation<typeof input, typeof output> = {
  name: 'reviewers.suggest',
  summary: 'Say whom to ask for a review: of one pull request, or of all that lack a reviewer.',
  effect: 'read',
  needsStore: true,
  input,
  output,
  run: suggest,
};

type Output = z.output<typeof output>;

async function suggest(context: OperationContext, asked: z.output<typeof input>): Promise<Output> {
  if ((asked.pull === undefined) === (asked.all !== true))
    throw new UserError(
      'usage',
      'reviewers suggest takes a pull request, or --all: one of them.',
      'parasol reviewers suggest 41',
    );
  const ref = asked.pull === undefined ? null : pullRefOf(context, asked.pull);
  const repository: RepositoryRef = ref ?? repositoryOf(context, asked.repository);
  const loaded = await loadReviewModel(context, repository);
  const requests = ref === null ? loaded.model.requests : [requestOf(loaded, ref)];
  const choices = chooseFor(context, loaded, requests);
  const shown = ref === null ? choices.filter(({ chosen, missing }) => chosen.length + missing > 0) : choices;
  const { config, gaps, remarks } = loaded;
  return {
    repository: `${repository.owner}/${repository.repo}`,
    requests: shown.map((choice) => shownChoice(choice, loaded)),
    changes: shown.flatMap((choice) => changesOf(choice, config.reviewers.assignee)),
    mode: config.reviewers.mode,
    ...{ gaps, remarks },
  };
}

/** Whom to ask for each of these requests, by everything that was read. */
export function chooseFor(
  context: OperationContext,
  loaded: LoadedReviews,
  requests: LoadedReviews['model']['requests'],
): readonly RequestChoice[] {
  return chooseForAll(requests, loaded.model.reviewers, choiceOptions(context, loaded));
}

/** By what anybody is chosen from the command line: all that lacks a reviewer here counts as waiting. */
export function choiceOptions(context: OperationContext, { model, config, slaSeconds }: LoadedReviews): ForAllOptions {
  const spared = ({ ref }: { readonly ref: Ref }): number =>
    model.pulls.get(refKey(ref))?.asked.filter((name) => !isPerson(name)).length ?? 0;
  const { count } = config.reviewers;
  const queued = countWaiting(model.requests, model.reviewers, { count, spared });
  return { now: context.now(), slaSeconds, count, spared, queued, seed: 0, assigns: false };
}

function shownChoice(
  { request, chosen, missing }: RequestChoice,
  { model }: LoadedReviews,
): Output['requests'][number] {
  const people = new Map(model.reviewers.map((reviewer) => [reviewer.login, reviewer]));
  return {
    ...{ ref: request.ref, title: request.title, missing },
    chosen: chosen.map(({ login }) => ({
      login,
      knows: Math.round((request.familiarity.get(loginKey(login)) ?? 0) * 100) / 100,
      open: people.get(login)?.waiting.length ?? 0,
      capacity: people.get(login)?.capacity.value ?? 0,
    })),
    why: chosen.length > 0 ? null : whyNobody(request, missing),
  };
}

function whyNobody({ isDraft, isDependencyBot, standing }: RequestChoice['request'], missing: number): string {
  if (isDraft) return 'it is a draft';
  if (isDependencyBot) return 'it only updates dependencies';
  if (missing > 0) return 'nobody is available for it now';
  const asked = [...standing.askedByPerson, ...standing.askedByUs];
  if (asked.length > 0) return `${asked.join(' and ')} ${asked.length === 1 ? 'is' : 'are'} asked already`;
  return standing.reviewed.length > 0
    ? `${standing.reviewed.join(' and ')} reviewed it already`
    : 'a team is asked already';
}

const changesOf = ({ request, chosen }: RequestChoice, assigns: boolean): readonly Change[] =>
  chosen.flatMap(({ login }): readonly Change[] => [
    { kind: 'request_review', on: request.ref, login },
    ...(assigns ? [{ kind: 'add_assignee', on: request.ref, login } as const] : []),
  ]);
