import { isDependencyBot } from '../risk/is-dependency-bot.ts';
import { refKey } from '../task/identity.ts';
import { agentOfPull } from './agent-of-pull.ts';
import { effortOfChange } from './effort-of-change.ts';
import { familiarityWith, linesByFolder } from './familiarity.ts';
import { loginKey } from './past-change.ts';
import type { PullReviews } from './pull-reviews.ts';
import { capabilityFor, type ReviewBase } from './review-base.ts';
import type { ReviewRequest } from './review-facts.ts';
import { secondsAfter } from './seconds-after.ts';
import { NOTHING_KEPT, readyAt, standingOfPull } from './standing-of-pull.ts';

/** An open pull request as one that wants, or has, reviewers. */
export function buildReviewRequest(pull: PullReviews, base: ReviewBase): ReviewRequest {
  const { config, now, snapshot, slaSeconds, kept } = base;
  const { ref, title, url, isDraft, author } = pull;
  const agent = agentOfPull(pull, config.agents);
  const authors = authorsOf(pull);
  const openedAt = readyAt(pull);
  const { login } = snapshot.viewer;
  const model = capabilityFor(pull.base, base);
  return {
    ...{ ref, title, url, isDraft, agent, openedAt },
    dueAt: secondsAfter(openedAt, slaSeconds),
    effort: effortOfChange(pull.changedLines),
    isDependencyBot: isDependencyBot(author),
    authors,
    vacantOwners: [],
    needs: model?.needsOf(pull.files.map(({ path }) => path)) ?? [],
    familiarity: familiarityWith(linesByFolder(pull.files), base.touches, now),
    standing: standingOfPull(pull, {
      ownLogin: login?.endsWith('[bot]') === true ? login : (base.app ?? null),
      authors,
      kept: kept.standings.get(refKey(ref)) ?? NOTHING_KEPT,
    }),
  };
}

function authorsOf({ author, commits }: PullReviews): readonly string[] {
  const own = author === null ? '' : loginKey(author);
  const others = new Map(commits.flatMap(({ authors }) => authors).map((login) => [loginKey(login), login] as const));
  others.delete(own);
  return [...(author === null ? [] : [author]), ...others.values()];
}
