import { isDependencyBot } from '../../risk/is-dependency-bot.ts';
import { type AgentRules, agentOfPull } from '../agent-of-pull.ts';
import { linesByFolder } from '../familiarity.ts';
import { firstReviews } from '../past-of-pulls.ts';
import type { PullReviews } from '../pull-reviews.ts';
import { readyAt } from '../standing-of-pull.ts';
import type { HistoryChange } from './build-history-world.ts';

/** Merged pull requests as a trace, updates of dependencies left out; an agent is the author of what it wrote, whoever opened it. */
export function historyOfPulls(pulls: readonly PullReviews[], agents: AgentRules): readonly HistoryChange[] {
  return pulls
    .filter(({ state, author }) => state === 'merged' && !isDependencyBot(author))
    .map((pull) => ({ pull, reviews: firstReviews(pull, agents) }))
    .map(({ pull, reviews }) => ({
      number: pull.ref.number,
      author: agentOfPull(pull, agents) ?? pull.author ?? 'ghost',
      openedBy: pull.author,
      reviewers: reviews.map(({ login }) => login),
      openedAt: readyAt(pull),
      firstReviewAt: reviews[0]?.at ?? null,
      mergedAt: pull.endedAt ?? pull.openedAt,
      changedLines: pull.changedLines,
      changedLinesByDirectory: Object.fromEntries(linesByFolder(pull.files)),
    }));
}
