import { parseMarker } from '../marker.ts';
import type { Instant } from '../task/facts.ts';
import { type AgentRules, agentInTexts, agentOfPull } from './agent-of-pull.ts';
import { loginKey } from './past-change.ts';
import type { PullReviews } from './pull-reviews.ts';
import type { ReviewBase } from './review-base.ts';

/**
 * When somebody was seen at work here, until now: by a review, a comment, a commit that they wrote, a pull request that they
 * opened, or a request for reviews. Nothing that a machine does in their name: neither what an agent opens and writes under their
 * login, nor the comments that Parasol keeps by their token.
 */
export function actsOf(login: string, { snapshot, config, now }: ActsBase): readonly Instant[] {
  const key = loginKey(login);
  const isOwn = (name: string | null): boolean => name !== null && loginKey(name) === key;
  const acts = [...snapshot.open, ...snapshot.past].flatMap((pull) => actsIn(pull, isOwn, config.agents));
  // A commit bears the clock of the machine that made it: one from tomorrow would be a sign for all the time until then.
  return acts.filter((at) => Date.parse(at) <= Date.parse(now));
}

type ActsBase = Pick<ReviewBase, 'snapshot' | 'config' | 'now'>;

function actsIn(pull: PullReviews, isOwn: (name: string | null) => boolean, agents: AgentRules): readonly Instant[] {
  const isOpener = isOwn(pull.author);
  // Whoever lends an agent a login opens nothing and writes nothing on it; what others push there is their own.
  const isLent = isOpener && agentOfPull(pull, agents) !== null;
  const isByAgent = (text: string): boolean => agentInTexts([text], agents) !== null;
  return [
    ...(isOpener && !isLent ? [pull.openedAt] : []),
    ...pull.reviews.filter((review) => isOwn(review.login)).map(({ at }) => at),
    ...pull.comments
      .filter(({ login, body }) => isOwn(login) && parseMarker(body) === null && !isByAgent(body))
      .map(({ at }) => at),
    ...pull.commits
      .filter(({ author, message }) => isOwn(author) && !isLent && !isByAgent(message))
      .map(({ authoredAt }) => authoredAt),
    // GitHub writes the requests of CODEOWNERS as if the author had asked, at the opening.
    ...pull.steps.flatMap((step) =>
      (step.kind === 'asked' || step.kind === 'removed') && isOwn(step.actor) && !isOpener ? [step.at] : [],
    ),
  ];
}
