import * as z from 'zod';
import type { Change } from '../core/change.ts';
import { UserError } from '../core/failure.ts';
import { type ForAllOptions, type RequestChoice, seatsMissing } from '../core/reviewers/choose-for-all.ts';
import { chooseWithNamed } from '../core/reviewers/choose-with-named.ts';
import { capacityToldTo } from '../core/reviewers/own-capacity.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { vacantWords } from '../core/reviewers/vacant-words.ts';
import { isSpent, whyNobody } from '../core/reviewers/why-nobody.ts';
import { formatRef, type Ref, type RepositoryRef } from '../core/task/identity.ts';
import type { ChangeOutcome } from './apply-changes.ts';
import { CONFIG_PATH } from './config-in-force.ts';
import { type LoadedReviews, loadReviewModel } from './load-review-model.ts';
import type { OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';
import { leavesTakenOff, sparedAt, takenOff } from './review-desk.ts';
import { pullRefOf, repositoryInput, requestOf, reviewsOutput } from './reviewers-schema.ts';
import { refSchema } from './rollup-schema.ts';

/** What is asked of those that choose: one pull request, or all. */
export const choiceInput = z.object({
  pull: z.string().min(1).max(500).describe('the pull request: #41, owner/repo#41, or its address').optional(),
  all: z.boolean().describe('every open pull request that lacks a reviewer, as one batch').optional(),
  repository: repositoryInput,
});

const chosenSchema = z
  .object({
    login: z.string(),
    knows: z.number().describe('share of the changed lines in folders that this person knows, 0 to 1'),
    open: z.int().describe('what waits for this person now, with what the rows before this one give'),
    capacity: z.number(),
    busy: z.boolean().describe("GitHub's status, public as it is"),
  })
  .readonly();

const refusedSchema = z.object({ login: z.string(), reason: z.string() }).readonly();
type Refused = z.output<typeof refusedSchema>;

/** What they say of each request. */
export const choiceOutput = {
  ...reviewsOutput,
  requests: z
    .array(
      z
        .object({
          ref: refSchema,
          title: z.string(),
          chosen: z.array(chosenSchema).readonly(),
          refused: z
            .array(refusedSchema)
            .readonly()
            .describe('whom GitHub let nobody ask; empty where nobody was to be asked'),
          vacantOwners: z
            .array(z.string())
            .readonly()
            .describe('owners of its files, and capabilities they ask for, of whom nobody can be asked: others are'),
          fallback: z
            .string()
            .nullable()
            .describe('who cannot be asked for it, in words; null where nobody is left out'),
          missing: z.int().describe('reviewers for whom nobody is available now, or who could not be asked'),
          why: z.string().nullable().describe('why nobody is to be asked; null where somebody is'),
        })
        .readonly(),
    )
    .readonly(),
  takenOff: z
    .array(refSchema)
    .readonly()
    .describe(
      'of all, those that lack a reviewer because a person took one off: nobody is found for them unless they are asked for; in mode `suggest` others are named, and there are none',
    ),
  mode: z.enum(['off', 'observe', 'suggest', 'assign']).describe('of the configuration'),
};

/** What was asked for, and all that the choice goes by. */
export interface AskedChoice {
  readonly loaded: LoadedReviews;
  /** Null: all that are open. */
  readonly pull: Ref | null;
  readonly requests: LoadedReviews['model']['requests'];
}

/** Throws `usage` where neither a pull request nor all are asked for, or both are. `verb` is the operation's, for the words. */
export async function loadChoice(
  context: OperationContext,
  asked: z.output<typeof choiceInput>,
  verb: string,
): Promise<AskedChoice> {
  if ((asked.pull === undefined) === (asked.all !== true))
    throw new UserError(
      'usage',
      `reviewers ${verb} takes a pull request, or --all: one of them.`,
      `parasol reviewers ${verb} 41`,
    );
  const pull = asked.pull === undefined ? null : pullRefOf(context, asked.pull);
  const repository: RepositoryRef = pull ?? repositoryOf(context, asked.repository);
  const loaded = await loadReviewModel(context, repository, { named: true });
  return { loaded, pull, requests: pull === null ? loaded.model.requests : [requestOf(loaded, pull)] };
}

/** With what came of it, where somebody was asked. */
interface ToldChoice extends RequestChoice {
  readonly outcomes?: readonly ChangeOutcome[];
}

/** Everything that is told of the choices but what comes of them; of all, only those that lack somebody. */
export function toldChoices<Choice extends ToldChoice>({ loaded, pull }: AskedChoice, choices: readonly Choice[]) {
  const { repository, config, gaps, remarks } = loaded;
  const isWanted = ({ chosen, missing }: Choice): boolean => chosen.length + missing > 0;
  const shown = pull === null ? choices.filter(isWanted) : choices;
  const left = pull === null ? choices.filter((one) => !isWanted(one) && isLeftToPeople(one.request, loaded)) : [];
  return {
    shown,
    told: {
      repository: `${repository.owner}/${repository.repo}`,
      requests: shown.map((choice, place) => shownChoice(choice, loaded, shown.slice(0, place))),
      takenOff: left.map(({ request }) => request.ref),
      mode: config.reviewers.mode,
      gaps,
      remarks: [...remarks, ...remarksOnSpent(shown, loaded)],
    },
  };
}

/** Whether somebody would be missing, had a person not taken somebody off. */
function isLeftToPeople(request: ReviewRequest, { model, config: { reviewers } }: LoadedReviews): boolean {
  if (takenOff(request).length === 0) return false;
  const spared = sparedAt(model, { leavesTakenOff: false });
  return seatsMissing(request, model.reviewers, { count: reviewers.count, spared }) !== null;
}

/** What helps where nobody is left who could review something. */
function remarksOnSpent(shown: readonly RequestChoice[], { model, repository }: LoadedReviews): readonly string[] {
  const spent = shown
    .filter(({ chosen, missing }) => missing > 0 && chosen.length === 0)
    .filter(({ request }) => isSpent(request, model.reviewers))
    .map(({ request }) => formatRef(request.ref, repository));
  return spent.length === 0
    ? []
    : [
        `Nobody is left who could review ${spent.join(', ')}: ask somebody by hand, who then has it whatever they said before, or name in CODEOWNERS or in ${CONFIG_PATH} who else could.`,
      ];
}

/** Whom to ask for each of these requests, by everything that was read: whom a suggestion names first. */
export function chooseFor(
  context: OperationContext,
  loaded: LoadedReviews,
  { requests, isForAll }: { readonly requests: LoadedReviews['model']['requests']; readonly isForAll: boolean },
): readonly RequestChoice[] {
  const { model, named } = loaded;
  return chooseWithNamed(requests, model.reviewers, { ...choiceOptions(context, loaded, { isForAll }), named });
}

/**
 * By what anybody is chosen from the command line. Whoever asks for all of them does not say that somebody is to take the place
 * of whom a person took off one, and gets what the App does, see `leavesTakenOff`; who asks for that one does say it.
 */
export function choiceOptions(
  context: OperationContext,
  { model, config: { reviewers }, slaSeconds, queued }: LoadedReviews,
  { isForAll }: { readonly isForAll: boolean },
): ForAllOptions {
  const spared = sparedAt(model, { leavesTakenOff: isForAll && leavesTakenOff(reviewers) });
  return { now: context.now(), slaSeconds, count: reviewers.count, spared, queued, seed: 0, assigns: false };
}

/** `before`: what the same batch gives in the rows above. */
function shownChoice(
  { request, chosen, missing, outcomes = [] }: ToldChoice,
  { model, config, snapshot: { viewer } }: LoadedReviews,
  before: readonly RequestChoice[],
): z.output<(typeof choiceOutput)['requests']>[number] {
  const people = new Map(model.reviewers.map((reviewer) => [reviewer.login, reviewer]));
  const refused = outcomes.flatMap(refusedBy);
  return {
    ...{ ref: request.ref, title: request.title, vacantOwners: request.vacantOwners, refused, missing },
    fallback: vacantWords(request.vacantOwners, config.reviewers.capabilities),
    chosen: chosen.flatMap(({ login }) => {
      const person = people.get(login);
      if (person === undefined) return [];
      const knows = Math.round((request.familiarity.get(loginKey(login)) ?? 0) * 100) / 100;
      const given = before.filter((one) => one.chosen.some((other) => other.login === login)).length;
      const open = person.waiting.length + given;
      const busy = person.isBusy === true;
      return [{ login, knows, open, capacity: capacityToldTo(viewer.login, person).value, busy }];
    }),
    why:
      chosen.length > 0 ? null : (refusalText(refused) ?? whyNobody(request, { missing, reviewers: model.reviewers })),
  };
}

const refusedBy = ({ change, outcome, reason }: ChangeOutcome): readonly Refused[] =>
  change.kind === 'request_review' && outcome === 'failed'
    ? [{ login: change.login, reason: reason ?? 'no reason is known' }]
    : [];

/** Who could not be asked, and why; null where there is none. */
export function refusalText(refused: readonly Refused[]): string | null {
  const all = refused.map(({ login, reason }) => `${login} could not be asked: ${reason.replace(/\.$/, '')}`);
  return all.length === 0 ? null : all.join('; ');
}

/** What asking them is. */
export const changesOf = ({ request, chosen }: RequestChoice, assigns: boolean): readonly Change[] =>
  chosen.flatMap(({ login }): readonly Change[] => [
    { kind: 'request_review', on: request.ref, login },
    ...(assigns ? [{ kind: 'add_assignee', on: request.ref, login } as const] : []),
  ]);
