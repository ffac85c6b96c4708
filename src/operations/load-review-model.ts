import type { Config } from '../core/config.ts';
import { durationSeconds } from '../core/duration-seconds.ts';
import type { Gap } from '../core/reading.ts';
import { buildReviewModel, type ReviewModel } from '../core/reviewers/build-review-model.ts';
import { codeOwnersRemarks } from '../core/reviewers/code-owners-remarks.ts';
import { configuredNamesRemarks } from '../core/reviewers/configured-names-remarks.ts';
import { countQueued } from '../core/reviewers/count-queued.ts';
import { poolRemarks } from '../core/reviewers/pool-remarks.ts';
import type { ReviewSnapshot } from '../core/reviewers/review-snapshot.ts';
import type { GivenRequest } from '../core/reviewers/with-given.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { startGathering } from '../github/gathering.ts';
import { loadConfig } from '../github/load-config.ts';
import { loadReviewSnapshot } from '../github/load-review-snapshot.ts';
import { loadReviewsElsewhere } from '../github/load-reviews-elsewhere.ts';
import { CONFIG_PATH, configInForce } from './config-in-force.ts';
import { loadNamedReviewers } from './load-named-reviewers.ts';
import type { OperationContext } from './operation.ts';
import { readKeptReviews } from './read-kept-reviews.ts';
import { leavesTakenOff, sparedAt } from './review-desk.ts';

/** So many past pull requests tell of pace, hours and who knows what, in four calls. */
const LAST_FOR_HABITS = 200;

export interface LoadedReviews {
  readonly repository: RepositoryRef;
  readonly config: Config;
  readonly slaSeconds: number;
  readonly snapshot: ReviewSnapshot;
  readonly model: ReviewModel;
  /** Requests that wait for somebody to have room, see `countQueued`. */
  readonly queued: number;
  /** Whom suggestions that stand name; empty where they were not asked for. */
  readonly named: readonly GivenRequest[];
  readonly gaps: readonly Gap[];
  readonly remarks: readonly string[];
}

interface Wanted {
  readonly last?: number;
  /** Whether what waits in the owner's other repositories counts; looked for only where it decides. */
  readonly elsewhere?: boolean;
  /** Whether suggestions are read: for whoever tells or asks, and does not write them. */
  readonly named?: boolean;
}

/** Everything that reviewers of a repository are chosen by, as far as the token may read it and the store is at hand. */
export async function loadReviewModel(
  context: OperationContext,
  repository: RepositoryRef,
  { last = LAST_FOR_HABITS, elsewhere = true, named: withNamed = false }: Wanted = {},
): Promise<LoadedReviews> {
  const { github, onProgress } = context;
  const texts = await loadConfig(github, repository);
  const { config, remarks } = configInForce(texts, repository.owner);
  const gathering = startGathering(github);
  const snapshot = await loadReviewSnapshot(gathering, repository, {
    last,
    onProgress: (label, done, total) => onProgress?.({ label, done, total }),
  });
  const slaSeconds = durationSeconds(config.reviewers.sla ?? config.readiness.review_sla);
  const options = { config: config.reviewers, slaSeconds, now: context.now(), app: config.app };
  const logins = seenLastFirst(buildReviewModel(snapshot, options).reviewers);
  const requests = snapshot.open.map(({ ref }) => ref);
  const { kept, unread } = await readKeptReviews(context, { logins, requests, mode: config.reviewers.mode });
  const others = elsewhere ? await loadReviewsElsewhere(gathering, repository, logins) : new Map();
  const model = buildReviewModel(snapshot, { ...options, kept, elsewhere: others });
  const named = withNamed ? await loadNamedReviewers(gathering, repository, { config, ...model }) : NOBODY_NAMED;
  return {
    ...{ repository, config, slaSeconds, snapshot, model, named: named.named },
    queued: countQueued(model.requests, model.reviewers, {
      ...{ now: context.now(), slaSeconds, seed: 0, count: config.reviewers.count, assigns: false },
      spared: sparedAt(model, { leavesTakenOff: leavesTakenOff(config.reviewers) }),
    }),
    gaps: [...texts.gaps, ...gathering.gaps],
    remarks: [
      ...remarks,
      ...poolRemarks({ model, snapshot, config: config.reviewers }),
      ...codeOwnersRemarks(snapshot),
      ...configuredNamesRemarks({ ...snapshot, config: config.reviewers, text: texts.configText, path: CONFIG_PATH }),
      ...(unread === null ? [] : [unread]),
      ...named.remarks,
    ],
  };
}

const NOBODY_NAMED = { named: [], remarks: [] };

/** What waits elsewhere is looked for of so many people alone: of those who are at work here before the others. */
const seenLastFirst = (reviewers: ReviewModel['reviewers']): readonly string[] =>
  reviewers
    .map(({ login, lastSeenAt }) => ({ login, seenAt: lastSeenAt === null ? 0 : Date.parse(lastSeenAt) }))
    .toSorted((one, other) => other.seenAt - one.seenAt)
    .map(({ login }) => login);
