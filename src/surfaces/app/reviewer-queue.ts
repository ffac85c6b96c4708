import { UserError } from '../../core/failure.ts';
import { type Ref, type RepositoryRef, repositoryKey } from '../../core/task/identity.ts';
import { refreshReviewers } from '../../operations/refresh-reviewers.ts';
import { givenTime, storeOf } from '../../operations/store-of.ts';
import { listReviewedRepositories } from '../../store/reviewers/load-standings.ts';
import { closeRequest, noteRemoval, noteReviewed } from '../../store/reviewers/settle-review.ts';
import type { OriginStore } from '../../store/store.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import type { ReviewersEvent } from './reviewers-of-event.ts';
import { createSerialQueue } from './serial-queue.ts';
import { isWorthRetrying, withClient } from './with-client.ts';

interface Sender {
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
}

export interface ReviewerQueue {
  /** Notes at once what a person decided, then looks at the pull request. */
  follow(event: ReviewersEvent, sender: Sender): void;
  /** For a command, which was answered already. */
  look(request: Ref, sender: Sender): void;
  /** Now and then: what waits for room, and what waits too long. */
  round(): void;
  /** Paces no longer: the process is about to end. */
  hurry(): void;
}

interface QueuedLook extends Sender {
  readonly repository: RepositoryRef;
  /** Pull requests that events speak of. */
  readonly numbers: ReadonlySet<number>;
  readonly ends: readonly (() => void)[];
}

/** Of one installation. */
const REPOSITORIES_AT_ONCE = 2;
/** A look reads about ten times what a rollup reads. */
const ROUND_MS = 600_000;

/** Looks for reviewers, never twice at once in one repository of one process; a burst of events makes two looks. */
export function createReviewerQueue(options: PipelineOptions): ReviewerQueue {
  const { activity, clients, clock, log, now, origin, pacing, store } = options;
  let lastRoundMs = Number.NEGATIVE_INFINITY;

  const queue = createSerialQueue<QueuedLook>({
    concurrency: REPOSITORIES_AT_ONCE,
    groupOf: ({ installationId }) => String(installationId),
    intervalMs: pacing.maxWaitMs,
    retryDelaysMs: pacing.retryDelaysMs,
    merge: (a, b) => ({
      ...b,
      deliveryIds: [...new Set([...a.deliveryIds, ...b.deliveryIds])],
      numbers: new Set([...a.numbers, ...b.numbers]),
      ends: [...a.ends, ...b.ends],
    }),
    run: async ({ repository, installationId, deliveryIds, numbers, ends }) => {
      const { outcomes } = await withClient(clients, installationId, (github) =>
        refreshReviewers({ github, now, defaultRepository: repository, ...store, clock }, repository, numbers),
      );
      for (const { reason, cause } of outcomes.filter(({ outcome }) => outcome === 'failed'))
        log('warn', `a change of reviewers in ${nameOf(repository)} failed: ${reason}`, { deliveryIds, cause });
      for (const end of ends) end();
    },
    isWorthRetrying,
    giveUp: ({ repository, deliveryIds, ends }, cause) => {
      const isGone = cause instanceof UserError && cause.code === 'not_found';
      log(isGone ? 'info' : 'error', `could not look for reviewers in ${nameOf(repository)}`, { deliveryIds, cause });
      if (!isGone) options.onGivenUp(deliveryIds);
      for (const end of ends) end();
    },
  });
  const put = (repository: RepositoryRef, sender: Sender, numbers: readonly number[]) => {
    const request = { ...sender, repository, numbers: new Set(numbers), ends: [activity.begin()] };
    queue.enqueue(repositoryKey(repository), request);
  };
  const note = async (event: ReviewersEvent, sender: Sender): Promise<void> => {
    const { request } = event;
    try {
      if (store.store !== undefined) await noteEvent(await opened(), event);
    } catch (cause) {
      log('error', 'could not note what became of a review', { deliveryIds: sender.deliveryIds, cause });
      options.onGivenUp(sender.deliveryIds);
    }
    put(request, sender, event.isClosed ? [] : [request.number]);
  };
  const opened = (): Promise<OriginStore> => storeOf({ ...store, github: { origin } });
  const noteEvent = async (kept: OriginStore, { request, isClosed, removed, reviewed }: ReviewersEvent) => {
    const at = givenTime({ ...store, now });
    if (removed !== null) await noteRemoval(kept, { request, login: removed, now: at });
    if (reviewed !== null) await noteReviewed(kept, { request, login: reviewed, now: at });
    if (isClosed) await closeRequest(kept, request, at);
  };
  const lookAtAll = async (): Promise<void> => {
    try {
      for (const name of await listReviewedRepositories(await opened())) {
        const [owner = '', repo = ''] = name.split('/');
        const installationId = clients.installationOf(owner);
        if (installationId !== null) put({ owner, repo }, { installationId, deliveryIds: [] }, []);
      }
    } catch (cause) {
      log('error', 'could not look for reviews that wait', { cause });
    }
  };
  return {
    follow: (event, sender) => activity.track(note(event, sender)),
    look: (request, sender) => put(request, sender, [request.number]),
    round: () => {
      const atMs = Date.parse(now());
      if (atMs - lastRoundMs < ROUND_MS) return;
      lastRoundMs = atMs;
      activity.track(lookAtAll());
    },
    hurry: queue.hurry,
  };
}

const nameOf = ({ owner, repo }: RepositoryRef): string => `${owner}/${repo}`;
