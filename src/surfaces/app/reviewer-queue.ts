import { UserError } from '../../core/failure.ts';
import { type Ref, type RepositoryRef, repositoryKey } from '../../core/task/identity.ts';
import { listInstalledRepositories } from '../../github/list-installed-repositories.ts';
import { refreshReviewers } from '../../operations/refresh-reviewers.ts';
import { givenTime, storeOf } from '../../operations/store-of.ts';
import { listReviewedRepositories } from '../../store/reviewers/load-standings.ts';
import { closeRequest, noteRemoval, noteReviewed } from '../../store/reviewers/settle-review.ts';
import type { OriginStore } from '../../store/store.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import type { ReviewersEvent } from './reviewers-of-event.ts';
import { createSerialQueue } from './serial-queue.ts';
import { isWorthRetrying, withClient, withRetries } from './with-client.ts';

interface Sender {
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
}

export interface ReviewerQueue {
  /** Notes at once what a person decided, then looks at the pull request. */
  follow(event: ReviewersEvent, sender: Sender): void;
  /** For a command, which was answered already. */
  look(request: Ref, sender: Sender): void;
  /** Looks at all that was opened before anybody asked for reviewers: in one repository, or in all of an installation. */
  survey(repository: RepositoryRef | null, sender: Sender): void;
  /** Now and then: what waits for room, what waits too long, and what no event told of. */
  round(): void;
  /** Paces no longer: the process is about to end. */
  hurry(): void;
}

interface QueuedLook extends Sender {
  readonly repository: RepositoryRef;
  /** Pull requests that events speak of. */
  readonly numbers: ReadonlySet<number>;
  /** Pull requests that were closed. */
  readonly closed: ReadonlySet<number>;
  /** Whether all that lacks a reviewer is looked at. */
  readonly isAtAll: boolean;
  readonly ends: readonly (() => void)[];
}

type Wanted = Pick<QueuedLook, 'numbers' | 'closed' | 'isAtAll'>;

const NOTHING_WANTED: Wanted = { numbers: new Set(), closed: new Set(), isAtAll: false };
const ALL = { isAtAll: true };

/** The later event says whether a pull request is open. */
const joined = (earlier: Wanted['numbers'], later: Wanted['numbers'], undone: Wanted['numbers']): Wanted['numbers'] =>
  new Set([...[...earlier].filter((number) => !undone.has(number)), ...later]);

/** Clocks differ, and GitHub's lists lag behind. */
const OVERLAP_MS = 600_000;
const earlier = (at: string): string => new Date(Date.parse(at) - OVERLAP_MS).toISOString();

/** Of one installation. */
const REPOSITORIES_AT_ONCE = 2;
/** A look reads about ten times what a rollup reads. */
const ROUND_MS = 600_000;
/** Where nothing waits in the store: in how many rounds one goes by what was read of the configuration. */
const ROUNDS_OF_QUIET = 6;

/** Looks for reviewers, never twice at once in one repository of one process; a burst of events makes two looks. */
export function createReviewerQueue(options: PipelineOptions): ReviewerQueue {
  const { activity, clients, clock, log, now, origin, pacing, store } = options;
  let lastRoundMs = Number.NEGATIVE_INFINITY;
  let rounds = 0;
  /** Repositories whose mode asked for reviewers when they were looked at last. */
  const looking = new Map<string, RepositoryRef>();
  /** When the last look at all of a repository began. What ended before this process ran no event told of. */
  const lookedAt = new Map<string, string>();

  const queue = createSerialQueue<QueuedLook>({
    concurrency: REPOSITORIES_AT_ONCE,
    groupOf: ({ installationId }) => String(installationId),
    intervalMs: pacing.maxWaitMs,
    retryDelaysMs: pacing.retryDelaysMs,
    merge: (a, b) => ({
      ...b,
      deliveryIds: [...new Set([...a.deliveryIds, ...b.deliveryIds])],
      numbers: joined(a.numbers, b.numbers, b.closed),
      closed: joined(a.closed, b.closed, b.numbers),
      isAtAll: a.isAtAll || b.isAtAll,
      ends: [...a.ends, ...b.ends],
    }),
    run: async ({ repository, installationId, deliveryIds, ends, ...look }) => {
      const began = now();
      const endedSince = lookedAt.get(repositoryKey(repository)) ?? null;
      const { mode, outcomes } = await withClient(clients, installationId, (github) =>
        refreshReviewers({ github, now, defaultRepository: repository, ...store, clock }, repository, {
          ...look,
          endedSince: endedSince === null ? null : earlier(endedSince),
          isKept: looking.has(repositoryKey(repository)),
        }),
      );
      if (look.isAtAll) lookedAt.set(repositoryKey(repository), began);
      const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
      if (mode === 'suggest' || mode === 'assign') looking.set(repositoryKey(repository), repository);
      // What a mode before left is taken back at a look at all; what could not be is tried again at the next one.
      else if (look.isAtAll && failed.length === 0) looking.delete(repositoryKey(repository));
      for (const { reason, cause } of failed)
        log('warn', `a change of reviewers in ${nameOf(repository)} failed: ${reason}`, { deliveryIds, cause });
      for (const end of ends) end();
    },
    isWorthRetrying,
    giveUp: ({ repository, deliveryIds, ends }, cause) => {
      const isGone = cause instanceof UserError && cause.code === 'not_found';
      if (isGone) looking.delete(repositoryKey(repository));
      log(isGone ? 'info' : 'error', `could not look for reviewers in ${nameOf(repository)}`, { deliveryIds, cause });
      if (!isGone) options.onGivenUp(deliveryIds);
      for (const end of ends) end();
    },
  });
  const put = (repository: RepositoryRef, sender: Sender, wanted: Partial<Wanted>) => {
    const request = { ...NOTHING_WANTED, ...wanted, ...sender, repository, ends: [activity.begin()] };
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
    const numbers = new Set([request.number]);
    put(request, sender, event.isClosed ? { closed: numbers } : { numbers });
  };
  const opened = (): Promise<OriginStore> => storeOf({ ...store, github: { origin } });
  const noteEvent = async (kept: OriginStore, { request, isClosed, removed, reviewed }: ReviewersEvent) => {
    const at = givenTime({ ...store, now });
    if (removed !== null) await noteRemoval(kept, { request, login: removed, now: at });
    if (reviewed !== null) await noteReviewed(kept, { request, login: reviewed, now: at });
    if (isClosed) await closeRequest(kept, request, at);
  };
  const surveyAll = async (sender: Sender): Promise<void> => {
    try {
      const list = () => withClient(clients, sender.installationId, listInstalledRepositories);
      for (const repository of await withRetries(pacing.retryDelaysMs, list)) put(repository, sender, ALL);
    } catch (cause) {
      log('error', 'could not look for pull requests that lack a reviewer', { deliveryIds: sender.deliveryIds, cause });
    }
  };
  const lookAround = async (isQuietOnes: boolean): Promise<void> => {
    try {
      const busy = (await listReviewedRepositories(await opened())).map((name): [string, RepositoryRef] => {
        const [owner = '', repo = ''] = name.split('/');
        return [name, { owner, repo }];
      });
      for (const repository of new Map([...(isQuietOnes ? looking : []), ...busy]).values()) {
        const installationId = clients.installationOf(repository.owner);
        if (installationId !== null) put(repository, { installationId, deliveryIds: [] }, ALL);
      }
    } catch (cause) {
      log('error', 'could not look for reviews that wait', { cause });
    }
  };
  return {
    follow: (event, sender) => activity.track(note(event, sender)),
    look: (request, sender) => put(request, sender, { numbers: new Set([request.number]) }),
    survey: (repository, sender) => {
      if (repository === null) activity.track(surveyAll(sender));
      else put(repository, sender, ALL);
    },
    round: () => {
      const atMs = Date.parse(now());
      if (atMs - lastRoundMs < ROUND_MS) return;
      lastRoundMs = atMs;
      activity.track(lookAround(rounds % ROUNDS_OF_QUIET === 0));
      rounds += 1;
    },
    hurry: queue.hurry,
  };
}

const nameOf = ({ owner, repo }: RepositoryRef): string => `${owner}/${repo}`;
