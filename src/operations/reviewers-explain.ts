/**
 * Tells of everybody who might review a pull request why they would be asked, or why not.
 *
 *     parasol reviewers explain 41
 *
 * For the team: whoever asks needs write access, or to be in a team of the repository. Nobody's absence is told to anybody
 * else: who is away stands there like somebody who was passed over, or who said that nothing more may wait for them. Who has no
 * room by what `reviewers load` shows is told so. It explains the choice for this one pull request, and says where giving out all
 * at once would give its reviewer to another. Nothing is written.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import type { RequestChoice } from '../core/reviewers/choose-for-all.ts';
import { explainChoice } from '../core/reviewers/explain-choice.ts';
import { fullAsKnown } from '../core/reviewers/full-as-known.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import { INELIGIBLE, type Reviewer } from '../core/reviewers/review-facts.ts';
import { isPerson } from '../core/reviewers/standing-of-pull.ts';
import { vacantWords } from '../core/reviewers/vacant-words.ts';
import { whyNobody } from '../core/reviewers/why-nobody.ts';
import { refKey } from '../core/task/identity.ts';
import { type LoadedReviews, loadReviewModel } from './load-review-model.ts';
import type { Operation, OperationContext } from './operation.ts';
import { remarksOnBatch } from './remark-on-batch.ts';
import { choiceOptions, chooseFor } from './review-choice.ts';
import { pullRefOf, requestOf, reviewsOutput } from './reviewers-schema.ts';
import { refSchema } from './rollup-schema.ts';

const input = z.object({
  pull: z.string().min(1).max(500).describe('the pull request: #41, owner/repo#41, or its address'),
});

const points = z.number().describe('points that count as hours');

const output = z.object({
  ...reviewsOutput,
  ref: refSchema,
  title: z.string(),
  needs: z.array(z.string()).readonly().describe('capabilities that its files ask for'),
  vacantOwners: z
    .array(z.string())
    .readonly()
    .describe('owners of its files, and capabilities they ask for, of whom nobody can be asked'),
  fallback: z.string().nullable().describe('who cannot be asked for it, in words; null where nobody is left out'),
  asked: z.array(z.string()).readonly().describe('who is asked already, teams as org/team'),
  reviewed: z.array(z.string()).readonly(),
  why: z.string().nullable().describe('why nobody more is to be asked; null where somebody is'),
  candidates: z
    .array(
      z
        .object({
          login: z.string(),
          kind: z.enum(['chosen', 'passed_over', 'no_room', 'not_available', 'not_eligible']),
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
                  wait: z.number().describe('hours until this person has got through what waits'),
                  effort: points,
                  fairness: points,
                  expertise: points,
                  scarcity: points,
                  silence: points,
                })
                .readonly(),
              total: points,
            })
            .readonly()
            .nullable()
            .describe('what speaks against, the lowest is asked; of who is chosen, and of the reader'),
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
  const loaded = await loadReviewModel(context, ref, { named: true });
  demandTeam(loaded);
  const request = requestOf(loaded, ref);
  const { needs, vacantOwners, title, standing } = request;
  const { repository, gaps, remarks } = loaded;
  const choices = chooseFor(context, loaded, { requests: [request], isForAll: false });
  return {
    repository: `${repository.owner}/${repository.repo}`,
    ...{ ref: request.ref, title, needs, vacantOwners, gaps },
    fallback: vacantWords(vacantOwners, loaded.config.reviewers.capabilities),
    remarks: [
      ...remarks,
      ...remarkOnOwners(loaded, request),
      ...remarksOnBatch(context, { loaded, pull: request.ref }, choices),
    ],
    asked: [...standing.askedByPerson, ...standing.askedByUs, ...teamsAsked(loaded, request)],
    reviewed: standing.reviewed,
    ...choiceTold(context, loaded, { request, choice: choices[0] }),
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

const teamsAsked = ({ model }: LoadedReviews, { ref }: Request): readonly string[] =>
  (model.pulls.get(refKey(ref))?.asked ?? []).filter((name) => !isPerson(name));

/** Whoever asked them may not know: it waits for somebody who has it nevertheless, where GitHub demands an owner's review. */
function remarkOnOwners(loaded: LoadedReviews, request: Request): readonly string[] {
  const { needs, standing } = request;
  const asked = new Set([...standing.askedByPerson, ...standing.askedByUs, ...standing.reviewed]);
  const theirs = loaded.model.reviewers.filter(({ login }) => asked.has(loginKey(login)));
  const isOwned = theirs.some(({ capability }) => needs.some((tag) => capability.includes(tag)));
  if (needs.length === 0 || theirs.length === 0 || isOwned || teamsAsked(loaded, request).length > 0) return [];
  return [`Nobody of those who were asked or have reviewed has what it asks for: ${needs.join(', ')}.`];
}

function choiceTold(
  context: OperationContext,
  loaded: LoadedReviews,
  { request, choice }: { readonly request: Request; readonly choice: RequestChoice | undefined },
): Pick<Output, 'why' | 'candidates'> {
  const { model, snapshot } = loaded;
  const options = choiceOptions(context, loaded, { isForAll: false });
  const present = model.reviewers.map((one): Reviewer => ({ ...one, absences: [] }));
  const chosen = (choice?.chosen ?? []).map(({ login }) => login);
  const candidates = explainChoice({
    ...{ request, chosen, reviewers: model.reviewers, viewer: snapshot.viewer.login },
    eligibilities: rankReviewers(request, model.reviewers, options).eligibility,
    scored: rankReviewers(request, present, options).candidates,
    missing: choice?.missing ?? 0,
    full: fullAsKnown(request, model, choiceOptions(context, loaded, { isForAll: true })),
  });
  return {
    candidates,
    why: chosen.length > 0 ? null : whyNobody(request, { missing: choice?.missing ?? 0, reviewers: model.reviewers }),
  };
}
