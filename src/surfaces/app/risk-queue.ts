import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { UserError } from '../../core/failure.ts';
import type { Reading } from '../../core/reading.ts';
import type { RiskOfPullRequest } from '../../core/risk/risk-of-pull-request.ts';
import type { TouchedFile } from '../../core/risk/touched-file.ts';
import { type Ref, type RepositoryRef, repositoryKey } from '../../core/task/identity.ts';
import type { MirrorOutcome } from '../../git/fetch-mirror.ts';
import { fileCache, type TrialCache } from '../../git/trial-cache.ts';
import { listInstalledRepositories } from '../../github/list-installed-repositories.ts';
import {
  type PullExpectation,
  type RiskRefresh,
  type RiskRefreshOptions,
  refreshRisk,
  type SaidRisks,
} from '../../operations/refresh-risk.ts';
import { type MirroredClone, mirrorCacheFolder, TRIALS } from '../../operations/risk-clone.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import type { RiskEvent } from './risk-of-event.ts';
import { createSerialQueue } from './serial-queue.ts';
import { isWorthRetrying, withClient, withRetries } from './with-client.ts';

/** A repository in which who conflicts with whom may have changed. */
export interface RiskRequest {
  readonly repository: RepositoryRef;
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
  readonly expected: readonly PullExpectation[];
}

export interface RiskQueue {
  enqueue(request: RiskRequest): void;
  /** Looks at all repositories of an installation, as after events that nobody heard: one request each where nobody wants to know. */
  survey(sender: Pick<RiskRequest, 'installationId' | 'deliveryIds'>): void;
  /** For someone who asked by command and waits for the answer; null for a pull request that is not open. */
  ask(request: RiskRequest, pullRequest: Ref): Promise<RiskOfPullRequest | null>;
  /**
   * Whether an event may change anything: a push where open pull requests were to be merged into that branch when they were
   * last looked at, a label where it made an order. True as well where nobody looked yet, or looks just now.
   */
  isConcerned(event: RiskEvent): boolean;
  /** Paces no longer: the process is about to end. */
  hurry(): void;
}

interface Asker {
  readonly number: number;
  readonly resolve: (risk: RiskOfPullRequest | null) => void;
  readonly reject: (cause: unknown) => void;
}

interface QueuedRisk extends RiskRequest {
  readonly askers: readonly Asker[];
  readonly ends: readonly (() => void)[];
}

/** Of one installation. */
const REPOSITORIES_AT_ONCE = 2;
const REMEMBERED_REPOSITORIES = 1000;
const REMEMBERED_HEADS = 20_000;

interface SeenRepository {
  /** Null where nothing was said. */
  readonly said: SaidRisks | null;
  readonly bases: ReadonlySet<string>;
  /** In lower case. */
  readonly priorityLabels: ReadonlySet<string>;
}

/** Looks at the open pull requests of repositories, never twice at one at once; a burst of events makes two looks. */
export function createRiskQueue(
  options: PipelineOptions,
  onRisks: (repository: RepositoryRef, risks: readonly RiskOfPullRequest[], request: RiskRequest) => void,
): RiskQueue {
  const { activity, log, pacing, onGivenUp, clones } = options;
  const seen = new LRUCache<string, SeenRepository>({ max: REMEMBERED_REPOSITORIES });
  const files = new LRUCache<string, Reading<readonly TouchedFile[]>>({ max: REMEMBERED_HEADS });
  const trials = new Map<string, TrialCache>();
  const queue = createSerialQueue<QueuedRisk>({
    concurrency: REPOSITORIES_AT_ONCE,
    groupOf: ({ installationId }) => String(installationId),
    intervalMs: pacing.maxWaitMs,
    retryDelaysMs: pacing.retryDelaysMs,
    merge: (a, b) => ({
      ...b,
      deliveryIds: [...new Set([...a.deliveryIds, ...b.deliveryIds])],
      expected: [...new Map([...a.expected, ...b.expected].map((one) => [one.number, one])).values()],
      askers: [...a.askers, ...b.askers],
      ends: [...a.ends, ...b.ends],
    }),
    run: async (request) => {
      const { repository, askers, ends } = request;
      const key = repositoryKey(repository);
      const said = seen.get(key)?.said ?? null;
      // What was said may be gone, then the next attempt must look for it.
      seen.delete(key);
      const result = await refresh(request, { options, files, said, withClone: withCloneOf(request, options, trials) });
      if (result.outcome === 'reported') seen.set(key, { said: result.said, ...seenIn(result) });
      // A push to a branch changes nothing that anybody wants to know.
      if (result.outcome === 'off') seen.set(key, { said: null, ...seenIn(result) });
      if (result.outcome !== 'answered') onRisks(repository, result.risks, request);
      for (const { number, resolve } of askers) resolve(riskOf(result, number));
      for (const end of ends) end();
    },
    isWorthRetrying,
    giveUp: ({ repository, deliveryIds, askers, ends }, cause) => {
      const isGone = cause instanceof UserError && cause.code === 'not_found';
      if (isGone) void clones?.forget(repository).catch(() => {});
      const { owner, repo } = repository;
      log('error', `could not tell the integration risk in ${owner}/${repo}`, { deliveryIds, cause });
      onGivenUp(deliveryIds);
      for (const { reject } of askers) reject(cause);
      for (const end of ends) end();
    },
  });
  const put = (request: RiskRequest, askers: readonly Asker[]) =>
    queue.enqueue(repositoryKey(request.repository), { ...request, askers, ends: [activity.begin()] });
  const surveyAll = async (sender: Pick<RiskRequest, 'installationId' | 'deliveryIds'>): Promise<void> => {
    try {
      const list = () => withClient(options.clients, sender.installationId, listInstalledRepositories);
      for (const repository of await withRetries(pacing.retryDelaysMs, list))
        put({ ...sender, repository, expected: [] }, []);
    } catch (cause) {
      log('error', 'could not look for conflicts that no event told of', { deliveryIds: sender.deliveryIds, cause });
    }
  };
  return {
    enqueue: (request) => put(request, []),
    survey: (sender) => void activity.track(surveyAll(sender)),
    ask: (request, { number }) => new Promise((resolve, reject) => put(request, [{ number, resolve, reject }])),
    isConcerned: ({ repository, branch, isDefaultBranch, label }) => {
      const last = seen.get(repositoryKey(repository));
      if (last === undefined || isDefaultBranch) return true;
      if (label !== null) return last.priorityLabels.has(label.toLowerCase());
      return branch === null || last.bases.has(branch);
    },
    hurry: queue.hurry,
  };
}

interface Refreshing extends Pick<RiskRefreshOptions, 'files' | 'said' | 'withClone'> {
  readonly options: PipelineOptions;
}

function refresh({ installationId, repository, expected, askers }: QueuedRisk, refreshing: Refreshing) {
  const { options, files, said, withClone } = refreshing;
  const { clients, clones, now, store, pacing } = options;
  return withClient(clients, installationId, (github) =>
    refreshRisk({ github, now, ...store }, repository, {
      ...{ expected, files, said, withClone },
      learnedIn: clones === undefined ? null : mirrorCacheFolder(clones.folderOf(repository)),
      asked: new Set(askers.map(({ number }) => number)),
      pause: () => new Promise((resolve) => setTimeout(resolve, pacing.staleReadMs)),
    }),
  );
}

function withCloneOf(
  { repository, installationId, deliveryIds }: RiskRequest,
  { clones, clients, log }: PipelineOptions,
  trials: Map<string, TrialCache>,
): RiskRefreshOptions['withClone'] {
  const name = `${repository.owner}/${repository.repo}`;
  const cloneOf = (outcome: MirrorOutcome): MirroredClone | null => {
    if (!outcome.ready) {
      log('warn', `no clone of ${name}, so its risk is estimated: ${outcome.reason}`, { deliveryIds });
      return null;
    }
    const megabytes = Math.ceil(outcome.bytes / 1_000_000);
    log('info', `the clone of ${name} ${outcome.isNew ? 'is new and ' : ''}takes ${megabytes} MB`, { deliveryIds });
    const file = join(mirrorCacheFolder(outcome.path), TRIALS);
    const cache = trials.get(file) ?? fileCache(file);
    trials.set(file, cache);
    return { path: outcome.path, trials: cache };
  };
  return async ({ branches, pulls }, work) => {
    if (clones === undefined || pulls.length === 0) return work(null);
    const token = await clients.tokenOf(installationId);
    return clones.use(repository, { branches, pulls, token }, (outcome) => work(cloneOf(outcome)));
  };
}

const seenIn = ({ risks, priorityLabels }: RiskRefresh): Pick<SeenRepository, 'bases' | 'priorityLabels'> => ({
  bases: new Set(risks.map(({ base }) => base)),
  priorityLabels: new Set(priorityLabels.map((label) => label.toLowerCase())),
});

const riskOf = ({ answers }: RiskRefresh, number: number): RiskOfPullRequest | null =>
  answers.find(({ pullRequest }) => pullRequest.number === number) ?? null;
