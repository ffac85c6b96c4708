/**
 * Tells who has how much to review: what waits on the reviewer alone, not on the author, on checks or on the merge.
 *
 *     parasol reviewers load
 *     parasol reviewers load octo/harbor --team tides      of its members, and of what concerns them, see `concernsTeam`
 *
 * Per person: open requests, their effort, the oldest, what is over its time or will be at this person's pace, and how much
 * may wait at once. Requests in the owner's other repositories count, as far as they are asked for: not what somebody requested
 * changes of there and was not asked for again, and its folders are taken for unknown. Then what waits because nobody can take it now, by what it
 * needs, in the order in which it is given out. Nothing has to be configured. It tells of GitHub's busy status, which everybody
 * sees, and neither of absences nor, but to themselves, of what people said may wait for them. What the App keeps is known where its
 * store is at hand; otherwise that is said. Nothing is written.
 */
import * as z from 'zod';
import { isAway } from '../core/reviewers/is-away.ts';
import { capacityToldTo } from '../core/reviewers/own-capacity.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { isBreached } from '../core/reviewers/review-deadline.ts';
import { ABSENCE_LEVELS, type Reviewer } from '../core/reviewers/review-facts.ts';
import { isUnasked, reviewLoads } from '../core/reviewers/review-load.ts';
import { isPerson } from '../core/reviewers/standing-of-pull.ts';
import { waitsForOthers } from '../core/reviewers/waits-for-others.ts';
import { refKey, sameRef } from '../core/task/identity.ts';
import { askedTeam, concernsTeam } from './asked-team.ts';
import { type LoadedReviews, loadReviewModel } from './load-review-model.ts';
import type { Operation, OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';
import { queueOf, queueSchema } from './review-queue.ts';
import { learnedSchema, repositoryInput, reviewsOutput } from './reviewers-schema.ts';
import { refSchema } from './rollup-schema.ts';

const input = z.object({
  repository: repositoryInput,
  team: z
    .string()
    .min(1)
    .describe('only the members of this team and what concerns them, as team or org/team')
    .optional(),
});

const output = z.object({
  ...reviewsOutput,
  now: z.string(),
  slaHours: z.number().describe('how long a review may take'),
  reviewers: z
    .array(
      z
        .object({
          login: z.string(),
          open: z
            .int()
            .describe('requests that wait on this person; in other repositories of the owner, what is asked for alone'),
          effort: z
            .number()
            .describe('units: 0.6 for an empty change to about 2, up to half as much again for who does not know it'),
          days: z.number().describe('working days at this pace'),
          oldestAt: z.string().nullable(),
          overdue: z.int(),
          atRisk: z.int().describe('not late, and due before it is reviewed if it and each before it takes a `turn`'),
          turn: learnedSchema.describe(
            'working hours that four in five of the requests took at most from their turn to the first review; below five answers a day of work',
          ),
          capacity: learnedSchema.describe('how many may wait at once'),
          pace: learnedSchema.describe('units a working day'),
          isBusy: z.boolean().nullable().describe("GitHub's own status; null where it could not be read"),
          waiting: z
            .array(
              z
                .object({
                  ref: refSchema,
                  askedAt: z.string().nullable(),
                  dueAt: z.string().nullable(),
                  effort: z.number(),
                  due: z.enum(['late', 'at_risk', 'in_time', 'unknown']),
                })
                .readonly(),
            )
            .readonly(),
        })
        .readonly(),
    )
    .readonly()
    .describe('who has most waiting for what they can take first'),
  others: z
    .array(
      z
        .object({ ref: refSchema, login: z.string(), askedAt: z.string().nullable(), isOverdue: z.boolean() })
        .readonly(),
    )
    .readonly()
    .describe('what waits for people who are not among the reviewers, the oldest first'),
  unasked: z
    .array(z.object({ ref: refSchema, title: z.string(), readyAt: z.string(), isOverdue: z.boolean() }).readonly())
    .readonly()
    .describe('ready, and nobody was asked or has reviewed'),
  queue: queueSchema,
  leftOut: z
    .object({
      drafts: z.int(),
      dependencyBots: z.int(),
      teams: z.int(),
      notTheirTurn: z.int().describe('requests to a person that wait for the author, the checks or the merge'),
      withoutAccess: z
        .int()
        .describe(
          'people who would review and have no access, or may only read while the configuration does not name them',
        ),
    })
    .readonly()
    .describe('drafts, updates of dependencies, requests to a whole team, and what is named beside them'),
  ownAbsence: z
    .object({ until: z.string().nullable(), level: z.enum(ABSENCE_LEVELS) })
    .readonly()
    .nullable()
    .describe('of the reader, now; nobody else is told'),
});

export const reviewersLoad: Operation<typeof input, typeof output> = {
  name: 'reviewers.load',
  summary: 'Tell who has how much to review, what is over its time, and what waits for somebody to be available.',
  effect: 'read',
  needsStore: true,
  input,
  output,
  run: listLoads,
};

async function listLoads(context: OperationContext, given: z.output<typeof input>): Promise<z.output<typeof output>> {
  const repository = repositoryOf(context, given.repository);
  const loaded = await loadReviewModel(context, repository, { named: true });
  const { model, gaps, remarks, slaSeconds, snapshot } = loaded;
  const now = context.now();
  const team = given.team === undefined ? null : askedTeam(loaded, given.team);
  const isMeant = ({ login }: { readonly login: string }): boolean => team?.members.has(loginKey(login)) ?? true;
  const asked = model.reviewers.filter(isMeant);
  const requests = team === null ? model.requests : model.requests.filter(concernsTeam(loaded, team, asked));
  const reviewers = asked
    .filter(({ hasAccess, waiting }) => hasAccess !== false || waiting.length > 0)
    .map((one) => ({ ...one, capacity: capacityToldTo(snapshot.viewer.login, one) }));
  const others = waitsForOthers(snapshot, { reviewers: model.reviewers, slaSeconds });
  const unasked = requests.filter((request) => isUnasked(request) && !isOfTeam(loaded, request));
  return {
    repository: `${repository.owner}/${repository.repo}`,
    now,
    slaHours: slaSeconds / 3600,
    reviewers: reviewLoads(reviewers, now),
    others: others.filter(isMeant).map(({ dueAt, ...one }) => ({ ...one, isOverdue: isBreached(dueAt, now) })),
    unasked: unasked.map(({ ref, title, openedAt, dueAt }) => ({
      ...{ ref, title, readyAt: openedAt },
      isOverdue: dueAt !== null && Date.parse(dueAt) < Date.parse(now),
    })),
    queue: queueOf(context, loaded, asked),
    leftOut: {
      drafts: requests.filter(({ isDraft }) => isDraft).length,
      dependencyBots: requests.filter(({ isDependencyBot }) => isDependencyBot).length,
      notTheirTurn: notTheirTurn(loaded, reviewers),
      withoutAccess: asked.length - reviewers.length,
      teams: snapshot.open
        .flatMap(({ asked: names }) => names.filter((name) => !isPerson(name)))
        .filter((name) => team === null || loginKey(name) === team.name).length,
    },
    ownAbsence: ownAbsence(loaded, now),
    ...{ gaps, remarks },
  };
}

/** What people are asked for and can do nothing about, drafts and updates of dependencies aside. */
function notTheirTurn({ model, snapshot }: LoadedReviews, reviewers: readonly Reviewer[]): number {
  const aside = model.requests.filter(({ isDraft, isDependencyBot }) => isDraft || isDependencyBot);
  const asideKeys = new Set(aside.map(({ ref }) => refKey(ref)));
  return snapshot.open
    .filter(({ ref }) => !asideKeys.has(refKey(ref)))
    .flatMap((pull) => {
      const asked = new Set(pull.asked.map(loginKey));
      const isWaiting = ({ waiting }: Reviewer): boolean => waiting.some(({ ref }) => sameRef(ref, pull.ref));
      return reviewers.filter((one) => asked.has(loginKey(one.login)) && !isWaiting(one));
    }).length;
}

/** The absence of whoever reads this that lasts longest. */
function ownAbsence({ model, snapshot }: LoadedReviews, now: string): z.output<typeof output>['ownAbsence'] {
  const { login } = snapshot.viewer;
  const own = model.reviewers.find((one) => login !== null && loginKey(one.login) === loginKey(login));
  const [longest] = (own?.absences ?? [])
    .filter((one) => isAway([one], now))
    .toSorted((one, other) => ((one.until ?? '9') > (other.until ?? '9') ? -1 : 1));
  return longest === undefined ? null : { until: longest.until, level: longest.level };
}

/** A team was asked, so somebody was. */
const isOfTeam = ({ model }: LoadedReviews, { ref }: { readonly ref: Parameters<typeof refKey>[0] }): boolean =>
  model.pulls.get(refKey(ref))?.asked.some((name) => !isPerson(name)) === true;
