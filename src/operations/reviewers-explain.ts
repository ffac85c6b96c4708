/**
 * Tells of everybody who might review a pull request why they would be asked, or why not.
 *
 *     parasol reviewers explain 41
 *
 * For the team: whoever asks needs write access, or to be in a team of the repository. Nobody's absence is told to anybody
 * else: who is away stands there like somebody who was passed over, or who has no room. Nothing is written.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { explainChoice } from '../core/reviewers/explain-choice.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import { INELIGIBLE, type Reviewer } from '../core/reviewers/review-facts.ts';
import { type LoadedReviews, loadReviewModel } from './load-review-model.ts';
import type { Operation, OperationContext } from './operation.ts';
import { choiceOptions, chooseFor } from './review-choice.ts';
import { pullRefOf, requestOf, reviewsOutput } from './reviewers-schema.ts';
import { refSchema } from './rollup-schema.ts';

const input = z.object({
  pull: z.string().min(1).max(500).describe('the pull request: #41, owner/repo#41, or its address'),
});

const hours = z.number().describe('hours');

const output = z.object({
  ...reviewsOutput,
  ref: refSchema,
  title: z.string(),
  needs: z.array(z.string()).readonly().describe('capabilities that its files ask for'),
  vacantOwners: z.array(z.string()).readonly().describe('owners of its files of whom nobody can be asked'),
  asked: z.array(z.string()).readonly().describe('who is asked already'),
  reviewed: z.array(z.string()).readonly(),
  candidates: z
    .array(
      z
        .object({
          login: z.string(),
          kind: z.enum(['chosen', 'passed_over', 'not_available', 'not_eligible']),
          reasons: z.array(z.enum(INELIGIBLE)).readonly().describe('why not; `away` is told to the person alone'),
          load: z
            .object({
              waiting: z.int(),
              capacity: z.number(),
              backlogDays: z.number().describe('working days that what waits takes'),
              familiarity: z.number().describe('share of the change in folders that this person knows, 0 to 1'),
              utilisation: z.number().nullable(),
            })
            .readonly()
            .nullable()
            .describe('null for who is not available'),
          score: z
            .object({
              parts: z
                .object({
                  wait: hours,
                  effort: hours,
                  fairness: hours,
                  expertise: hours,
                  scarcity: hours,
                  silence: hours,
                })
                .readonly(),
              total: hours,
            })
            .readonly()
            .nullable()
            .describe('what speaks against; of who is chosen, and of the reader'),
          text: z.string(),
        })
        .readonly(),
    )
    .readonly()
    .describe('who is chosen first'),
});

export const reviewersExplain: Operation<typeof input, typeof output> = {
  name: 'reviewers.explain',
  summary: 'Tell the team why each person would be asked to review a pull request, or why not.',
  effect: 'read',
  needsStore: true,
  input,
  output,
  run: explain,
};

type Output = z.output<typeof output>;

async function explain(context: OperationContext, { pull }: z.output<typeof input>): Promise<Output> {
  const ref = pullRefOf(context, pull);
  const loaded = await loadReviewModel(context, ref);
  demandTeam(loaded);
  const request = requestOf(loaded, ref);
  const { needs, vacantOwners, title, standing } = request;
  const { repository, gaps, remarks } = loaded;
  return {
    repository: `${repository.owner}/${repository.repo}`,
    ...{ ref: request.ref, title, needs, vacantOwners, gaps, remarks },
    asked: [...standing.askedByPerson, ...standing.askedByUs],
    reviewed: standing.reviewed,
    candidates: candidatesOf(context, loaded, request),
  };
}

const TEAM_ROLES = new Set(['write', 'maintain', 'admin']);

/** Why somebody is not asked is for the people of the repository. */
function demandTeam({ snapshot: { viewer, teams }, repository: { owner, repo } }: LoadedReviews): void {
  const login = viewer.login === null ? null : loginKey(viewer.login);
  const isMember =
    teams.known &&
    teams.value.some(({ isHere, members }) => isHere && members.some((member) => loginKey(member) === login));
  if (TEAM_ROLES.has(viewer.role ?? '') || isMember) return;
  throw new UserError(
    'forbidden',
    `Why people are or are not asked to review in ${owner}/${repo} is told to its team alone.`,
    teams.known
      ? 'Use the token of somebody with write access, or who is in a team of the repository.'
      : `Use the token of somebody with write access. Who is in a team of ${owner} could not be read: that needs members: read, or the scope read:org.`,
  );
}

type Request = LoadedReviews['model']['requests'][number];

function candidatesOf(context: OperationContext, loaded: LoadedReviews, request: Request): Output['candidates'] {
  const { model, snapshot } = loaded;
  const [choice] = chooseFor(context, loaded, [request]);
  const options = choiceOptions(context, loaded);
  const present = model.reviewers.map((one): Reviewer => ({ ...one, absences: [] }));
  return explainChoice({
    request,
    reviewers: model.reviewers,
    eligibilities: rankReviewers(request, model.reviewers, options).eligibility,
    scored: rankReviewers(request, present, options).candidates,
    chosen: (choice?.chosen ?? []).map(({ login }) => login),
    missing: choice?.missing ?? 0,
    viewer: snapshot.viewer.login,
  });
}
