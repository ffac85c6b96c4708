import type { Instant } from '../task/facts.ts';
import { type AgentRules, agentOfPull } from './agent-of-pull.ts';
import { linesByFolder } from './familiarity.ts';
import type { TouchedPaths } from './infer-capability.ts';
import { loginKey, type PastChange, type PastReview } from './past-change.ts';
import type { PullReviews } from './pull-reviews.ts';

/** Pull requests that were merged, or at least reviewed, as habits are read from them. */
export function pastOfPulls(pulls: readonly PullReviews[], agents: AgentRules): readonly PastChange[] {
  return pulls.flatMap((pull) => {
    const reviews = firstReviews(pull, agents);
    if (pull.state !== 'merged' && reviews.length === 0) return [];
    return [
      {
        author: personBehind(pull, agents),
        at: pull.endedAt ?? pull.openedAt,
        changedLines: pull.changedLines,
        changedLinesByFolder: linesByFolder(pull.files),
        reviews,
      },
    ];
  });
}

/** The first review of each person, the earliest first; neither the author's own nor those of bots. */
export function firstReviews(pull: PullReviews, agents: AgentRules): readonly PastReview[] {
  const author = personBehind(pull, agents);
  const first = new Map<string, PastReview>();
  for (const { login, isBot, at } of pull.reviews.toSorted(byTime)) {
    const isOwn = author !== null && loginKey(author) === loginKey(login);
    if (!isBot && !isOwn && !first.has(loginKey(login))) first.set(loginKey(login), { login, at });
  }
  return [...first.values()];
}

/** The author as somebody who can review: null where an agent wrote it under a login that people share. */
const personBehind = (pull: PullReviews, agents: AgentRules): string | null =>
  agentOfPull(pull, agents) === null ? pull.author : null;

/** What people changed or reviewed since then. */
export function touchesSince(
  pulls: readonly PullReviews[],
  agents: AgentRules,
  since: Instant,
): readonly TouchedPaths[] {
  return pulls
    .filter(({ endedAt, openedAt }) => Date.parse(endedAt ?? openedAt) >= Date.parse(since))
    .map((pull) => ({
      paths: pull.files.map(({ path }) => path),
      logins: [personBehind(pull, agents) ?? [], firstReviews(pull, agents).map(({ login }) => login)].flat(),
    }));
}

const byTime = (one: { readonly at: Instant }, other: { readonly at: Instant }): number =>
  Date.parse(one.at) - Date.parse(other.at);
