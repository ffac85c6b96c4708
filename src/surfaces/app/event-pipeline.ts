import { createCloneKeeper } from './clone-keeper.ts';
import { createCloneLearner } from './clone-learner.ts';
import { createCommandDesk } from './command-desk.ts';
import { commandsOfComment } from './commands-of-comment.ts';
import { configChangeOfEvent } from './config-change-of-event.ts';
import { createConfigReviewQueue } from './config-review-queue.ts';
import { createGroupDesk } from './group-desk.ts';
import { groupOfEvent } from './group-of-event.ts';
import type { InstallationClients } from './installation-clients.ts';
import { createLeadFollower } from './lead-follower.ts';
import { lostRepositories } from './lost-repositories.ts';
import type { PipelineOptions, RefreshEvent } from './pipeline-options.ts';
import { readinessOfEvent } from './readiness-of-event.ts';
import { createReadinessQueue } from './readiness-queue.ts';
import { createRefreshMemory } from './refresh-memory.ts';
import { createRefreshQueue } from './refresh-queue.ts';
import { createReviewerQueue } from './reviewer-queue.ts';
import { reviewersOfEvent } from './reviewers-of-event.ts';
import { riskOfEvent } from './risk-of-event.ts';
import { createRiskQueue } from './risk-queue.ts';
import { subjectsOf } from './route-event.ts';
import { createStoreWatch } from './store-watch.ts';
import { parseWebhookPayload, type WebhookPayload } from './webhook-payload.ts';

export interface Delivery {
  /** GitHub's GUID. */
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

export interface EventPipeline {
  /** Takes an event and returns at once; what it causes happens later. */
  receive(delivery: Delivery): void;
  /** Refreshes whatever an installation may have missed. */
  reconcile(installationId: number): void;
  /** From now on shows the claims of others, goes on with bulk writes that were cut off, and deletes clones that are lost. */
  watch(): void;
  /** Waits for no burst to end any more: the process is about to. */
  hurry(): void;
}

/**
 * From an event to the comment in four stops: what it is about (`route-event`), gathered until the burst is over and
 * followed to its umbrellas (`lead-follower`), one refresh at a time per umbrella (`refresh-queue`), the edit itself
 * (`operations/refresh-rollup`). What a pull request does to the configuration is a matter of its own: `config-review-queue`; so are
 * commands in comments (`command-desk`), who conflicts with whom (`risk-queue`), what is ready (`readiness-queue`),
 * who reviews what (`reviewer-queue`) and merge queues (`group-desk`).
 */
export function createEventPipeline(options: PipelineOptions): EventPipeline {
  const memory = createRefreshMemory();
  const reports = createReadinessQueue(options);
  const onRefresh = (event: RefreshEvent) => {
    options.onRefresh(event);
    const { umbrella, installationId, result, corrects } = event;
    const sender = { installationId, deliveryIds: [] };
    if (corrects) reports.correct(umbrella, sender);
    if (result.pinsReadiness || reports.isPinned(umbrella)) reports.pin(umbrella, sender);
  };
  const queue = createRefreshQueue({ ...options, onRefresh }, memory);
  const reviews = createConfigReviewQueue(options);
  const follower = createLeadFollower(options, { queue, memory });
  const learner = createCloneLearner(options);
  const risks = createRiskQueue(options, (repository, found, { installationId }) => {
    learner.learn(repository, found);
    const news = memory.noteRisks(repository, found);
    follower.follow(
      installationId,
      news.map((ref) => ({ kind: 'pull_request', ref })),
      null,
    );
  });
  const reviewers = createReviewerQueue(options);
  const desk = createCommandDesk(options, { queue, risks, reports, reviewers });
  const groups = createGroupDesk(options);
  const keeper = createCloneKeeper(options);
  const watch = createStoreWatch(options, {
    onRound: () => {
      desk.resume();
      reports.round();
      reviewers.round();
    },
    onClaims: (umbrella) => {
      const installationId = options.clients.installationOf(umbrella.owner);
      if (installationId !== null)
        follower.follow(installationId, [{ kind: 'umbrella', ref: umbrella, nodeId: null }], null);
    },
  });
  return {
    receive: ({ id, name, payload: untrusted }) => {
      const payload = parseWebhookPayload(untrusted);
      keeper.forget(lostRepositories(name, payload), id);
      const installationId = noteInstallation(name, payload, options.clients);
      if (installationId === null || payload.sender?.login === options.own.login) return;
      const subjects = subjectsOf(name, payload, options.own);
      follower.follow(installationId, subjects, id);
      const sender = { installationId, deliveryIds: [id] };
      for (const subject of subjects) {
        if (subject.kind === 'installation') reports.survey(null, sender);
        if (subject.kind === 'installation' && subject.corrects === true) reports.correct(null, sender);
        if (subject.kind === 'installation' && subject.corrects !== true) {
          risks.survey(sender);
          reviewers.survey(null, sender);
        }
        if (subject.kind === 'repository') {
          reports.survey(subject.repository, sender);
          reviewers.survey(subject.repository, sender);
        }
      }
      const readiness = readinessOfEvent(name, payload);
      if (readiness !== null) reports.follow(readiness, sender);
      const change = configChangeOfEvent(name, payload);
      if (change !== null) reviews.enqueue({ ...change, installationId, deliveryIds: [id] });
      const risk = riskOfEvent(name, payload);
      if (risk !== null && risks.isConcerned(risk)) risks.enqueue({ ...risk, installationId, deliveryIds: [id] });
      const review = reviewersOfEvent(name, payload);
      if (review !== null) reviewers.follow(review, sender);
      const group = groupOfEvent(name, payload);
      if (group !== null) groups.follow(group, installationId, id);
      const asked = commandsOfComment(name, payload);
      if (asked !== null) desk.obey(installationId, asked, id);
    },
    reconcile: (installationId) => {
      follower.follow(installationId, [{ kind: 'installation' }], null);
      risks.survey({ installationId, deliveryIds: [] });
      reports.survey(null, { installationId, deliveryIds: [] });
      reviewers.survey(null, { installationId, deliveryIds: [] });
      groups.survey(installationId);
    },
    watch: () => {
      watch.start();
      keeper.start();
    },
    hurry: () => {
      watch.stop();
      keeper.stop();
      learner.stop();
      desk.hurry();
      queue.hurry();
      reviews.hurry();
      risks.hurry();
      reports.hurry();
      reviewers.hurry();
      follower.flushNow();
    },
  };
}

/** After these a token made before is worth nothing, or less than it could be. */
const TOKEN_CHANGES: ReadonlySet<string> = new Set(['new_permissions_accepted', 'unsuspend']);

/** Null when there is no installation any more, or never was one. */
function noteInstallation(name: string, payload: WebhookPayload, clients: InstallationClients): number | null {
  const { installation, action, repository } = payload;
  if (installation === undefined) return null;
  if (name === 'installation' && (action === 'deleted' || action === 'suspend')) {
    clients.forget(installation.id);
    return null;
  }
  if (name === 'installation' && action !== undefined && TOKEN_CHANGES.has(action)) clients.renew(installation.id);
  const account = installation.account?.login ?? repository?.owner.login;
  if (account !== undefined) clients.learn(installation.id, account);
  return installation.id;
}
