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
import { assessEligibility } from '../core/reviewers/eligibility.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { type RankedReviewer, rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import { INELIGIBLE, type Reviewer } from '../core/reviewers/review-facts.ts';
import { type Told, tellReasons } from '../core/reviewers/telling-reasons.ts';
import { type LoadedReviews, loadReviewModel } from './load-review-model.ts';
import type { Operation, OperationContext } from './operation.ts';
import { learnedSchema, pullRefOf, requestOf, reviewsOutput } from './reviewers-schema.ts';
import { chooseFor } from './reviewers-suggest.ts';
import { refSchema } from './rollup-schema.ts';

const input = z.object({
  pull: z.string().min(1).max(500).describe('the pull request: #41, owner/repo#41, or its address'),
});

const scoreSchema = z
  .object({
    wait: z.number().describe('until what waits already is done, and work begins'),
    effort: z.number().describe('for the time that this one takes'),
    fairness: z.number().describe('for what was taken on of late'),
    expertise: z.number().describe('for not knowing the folders'),
    scarcity: z.number().describe('for being needed elsewhere'),
    silence: z.number().describe('for not being heard of'),
  })
  .readonly();

const output = z.object({
  ...reviewsOutput,
  ref: refSchema,
  title: z.string(),
  needs: z.array(z.string()).readonly().describe('capabilities that its files ask for'),
  asked: z.array(z.string()).readonly().describe('who is asked already'),
  reviewed: z.array(z.string()).readonly(),
  candidates: z
    .array(
      z
        .object({
          login: z.string(),
          standing: z.enum(['chosen', 'passed_over', 'not_available', 'not_eligible']),
          reasons: z.array(z.enum(INELIGIBLE)).readonly().describe('why not; `away` is told to the person alone'),
          knows: z.number().describe('share of the changed lines in folders that this person knows, 0 to 1'),
          has: z.array(z.string()).readonly().describe('of the capabilities that are asked for'),
          open: z
            .int()
            .nullable()
            .describe('what waits for this person now; null, as the next, for who is not available'),
          capacity: learnedSchema.nullable(),
          hours: scoreSchema
            .nullable()
            .describe('of who is chosen: what speaks against, each in hours; the lowest sum is asked'),
        })
        .readonly(),
    )
    .readonly()
    .describe('who is chosen first, then by login'),
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
  const { needs, title, standing } = request;
  const { repository, gaps, remarks } = loaded;
  return {
    repository: `${repository.owner}/${repository.repo}`,
    ...{ ref: request.ref, title, needs, gaps, remarks },
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
    'Use the token of somebody with write access, or who is in a team of the repository.',
  );
}

type Request = LoadedReviews['model']['requests'][number];

function candidatesOf(context: OperationContext, loaded: LoadedReviews, request: Request): Output['candidates'] {
  const { model, snapshot, slaSeconds } = loaded;
  const [choice] = chooseFor(context, loaded, [request]);
  const chosen = (choice?.chosen ?? []).map(({ login }) => login);
  const ageSeconds = Math.max(0, Date.parse(context.now()) - Date.parse(request.openedAt)) / 1000;
  const now = context.now();
  const situation = { now, ageOverSla: ageSeconds / slaSeconds, overload: 0, assigns: false };
  const eligibilities = model.reviewers.map((one) => assessEligibility(request, withoutPast(one, now), situation));
  const told = tellReasons(eligibilities, { chosen, viewer: snapshot.viewer.login });
  // As if nobody were ever away: an absence to come shows in the wait.
  const open = model.reviewers.map((one): Reviewer => ({ ...one, absences: [] }));
  const ranking = rankReviewers(request, open, { now, slaSeconds, queued: 0, seed: 0, assigns: false });
  const figures = new Map(ranking.candidates.map((one) => [one.login, one]));
  const isChosen = ({ login }: Reviewer): boolean => chosen.includes(login);
  return model.reviewers
    .map((one) =>
      shownCandidate(one, {
        request,
        told: told.get(one.login),
        ranked: isChosen(one) ? figures.get(one.login) : undefined,
      }),
    )
    .toSorted((one, other) => Number(other.standing === 'chosen') - Number(one.standing === 'chosen'));
}

/** Who has just come back takes less, and that would tell of the absence. */
const withoutPast = (reviewer: Reviewer, now: string): Reviewer => ({
  ...reviewer,
  absences: reviewer.absences.filter(({ until }) => until === null || Date.parse(until) > Date.parse(now)),
});

interface Seen {
  readonly request: Request;
  readonly told: Told | undefined;
  readonly ranked: RankedReviewer | undefined;
}

/** Figures of others than who is chosen are those that everybody can count: hours and silence would tell of an absence. */
function shownCandidate(
  { login, capability, waiting, capacity }: Reviewer,
  { request, told = { kind: 'passed_over' }, ranked }: Seen,
): Output['candidates'][number] {
  return {
    login,
    standing: told.kind,
    reasons: told.kind === 'not_eligible' ? told.reasons : [],
    knows: Math.round((request.familiarity.get(loginKey(login)) ?? 0) * 100) / 100,
    has: request.needs.filter((tag) => capability.includes(tag)),
    // Somebody with room who is not available can only be away.
    open: told.kind === 'not_available' ? null : waiting.length,
    capacity: told.kind === 'not_available' ? null : capacity,
    hours: ranked === undefined ? null : wholeHours(ranked.parts),
  };
}

const wholeHours = ({ wait, effort, fairness, expertise, scarcity, silence }: RankedReviewer['parts']) => ({
  wait: Math.round(wait),
  effort: Math.round(effort),
  fairness: Math.round(fairness),
  expertise: Math.round(expertise),
  scarcity: Math.round(scarcity),
  silence: Math.round(silence),
});
