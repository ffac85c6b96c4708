import pLimit, { type LimitFunction } from 'p-limit';
import type { Plan } from '../../core/plan/plan.ts';
import { formatRef, type Ref, type RepositoryRef, refKey } from '../../core/task/identity.ts';
import type { GitHubClient } from '../../github/client.ts';
import { answerCommand } from '../../operations/answer-command.ts';
import type { ChangeOutcome } from '../../operations/apply-changes.ts';
import type { AskedCommands } from '../../operations/command-answer.ts';
import type { OperationContext } from '../../operations/operation.ts';
import { AnsweredLater, type InTurn, listUnansweredPlans, resumeSplit } from '../../operations/split-command.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import type { ReadinessQueue } from './readiness-queue.ts';
import type { RefreshQueue } from './refresh-queue.ts';
import type { ReviewerQueue } from './reviewer-queue.ts';
import type { RiskQueue } from './risk-queue.ts';
import { withClient, withRetries } from './with-client.ts';

interface CommandDesk {
  /** Takes the commands of a comment and returns at once. */
  obey(installationId: number, asked: AskedCommands, deliveryId: string): void;
  /** Goes on with what an earlier process, or another one that is gone, left in the middle. */
  resume(): void;
  /** A bulk write under way ends after its next item: the process is about to. */
  hurry(): void;
}

interface Queues {
  readonly queue: RefreshQueue;
  readonly risks: RiskQueue;
  readonly reports: ReadinessQueue;
  readonly reviewers: ReviewerQueue;
}

/** A comment whose commands are run. */
interface Case {
  readonly on: Ref;
  readonly commentId: number;
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
}

/**
 * Answers commands in comments. Bulk writes of one installation follow each other, because they share GitHub's limits;
 * nothing else of the App waits for them. Each is a plan in the store, so that one that is cut off is gone on with later.
 */
export function createCommandDesk(options: PipelineOptions, { queue, risks, reports, reviewers }: Queues): CommandDesk {
  const { activity, clients, log, pacing, store, clock } = options;
  const stop = new AbortController();
  const turns = new Map<number, LimitFunction>();
  const underWay = new Set<string>();

  const contextOf = (github: GitHubClient, on: Ref): OperationContext => {
    return { github, now: options.now, defaultRepository: on, ...store, clock, stop: stop.signal };
  };
  const inTurnOf = ({ on, installationId, deliveryIds }: Case): InTurn => {
    const limit = turns.get(installationId) ?? pLimit(1);
    turns.set(installationId, limit);
    return async (work) => {
      try {
        return await limit(() => {
          stop.signal.throwIfAborted();
          return work();
        });
      } finally {
        // Its own events are ignored, as all of the App's are.
        queue.enqueue({ umbrella: on, installationId, deliveryIds, expectations: [] });
      }
    };
  };
  const attend = async (about: Case, work: (context: OperationContext) => Promise<readonly ChangeOutcome[]>) => {
    const { on, commentId, installationId, deliveryIds } = about;
    const key = caseKey(about);
    const answer = async (github: GitHubClient) => {
      try {
        const outcomes = await work(contextOf(github, on));
        const failed = outcomes.find(({ outcome }) => outcome === 'failed');
        if (failed !== undefined) throw failed.cause ?? new Error(failed.reason ?? 'the answer was not written');
      } catch (cause) {
        if (!(cause instanceof AnsweredLater)) throw cause;
        log('info', `the comment ${commentId} on ${formatRef(on)} is answered later`, { deliveryIds, cause });
      }
    };
    underWay.add(key);
    try {
      await withRetries(pacing.retryDelaysMs, () => withClient(clients, installationId, answer));
    } catch (cause) {
      log('error', 'could not answer a command', { deliveryIds, cause });
      options.onGivenUp(deliveryIds);
    } finally {
      underWay.delete(key);
    }
  };
  const resumeOne = async (plan: Plan): Promise<void> => {
    const { asked } = plan;
    const installationId = asked === undefined ? null : clients.installationOf(asked.on.owner);
    if (asked === undefined || installationId === null || underWay.has(caseKey(asked))) return;
    const about = { on: asked.on, commentId: asked.commentId, installationId, deliveryIds: [] };
    await attend(about, (context) => resumeSplit(context, plan, inTurnOf(about)));
  };
  const resumeAll = async (): Promise<void> => {
    try {
      const plans = await listUnansweredPlans({ now: options.now, github: { origin: options.origin }, ...store });
      for (const plan of plans) activity.track(resumeOne(plan));
    } catch (cause) {
      log('error', 'could not look for unfinished plans', { cause });
    }
  };
  return {
    obey: (installationId, asked, deliveryId) => {
      const about = { on: asked.on, commentId: asked.commentId, installationId, deliveryIds: [deliveryId] };
      const work = async (context: OperationContext) => {
        const refresh = (umbrella: Ref) =>
          queue.ask({ umbrella, installationId, deliveryIds: [deliveryId], expectations: [] });
        const { owner, repo } = asked.on;
        const assessRisk = (pullRequest: Ref) =>
          risks.ask(
            { repository: { owner, repo }, installationId, deliveryIds: [deliveryId], expected: [] },
            pullRequest,
          );
        const tellReadiness = (on: Ref, scope: string) =>
          reports.ask(on, scope, { installationId, deliveryIds: [deliveryId] });
        const lookForReviewers = (pullRequest: Ref) =>
          reviewers.look(pullRequest, { installationId, deliveryIds: [deliveryId] });
        const lookForAllReviewers = (repository: RepositoryRef) =>
          reviewers.survey(repository, { installationId, deliveryIds: [deliveryId] });
        const looks = { lookForReviewers, lookForAllReviewers };
        const means = { refresh, assessRisk, tellReadiness, ...looks, inTurn: inTurnOf(about) };
        const { outcomes, causes } = await answerCommand(context, asked, means);
        for (const cause of causes) log('warn', 'a command failed', { deliveryIds: [deliveryId], cause });
        return outcomes;
      };
      activity.track(attend(about, work));
    },
    resume: () => {
      if (store.store !== undefined && !stop.signal.aborted) activity.track(resumeAll());
    },
    hurry: () => stop.abort(),
  };
}

const caseKey = ({ on, commentId }: Pick<Case, 'on' | 'commentId'>): string => `${refKey(on)}/${commentId}`;
