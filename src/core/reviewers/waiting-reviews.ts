import { known, unknown } from '../reading.ts';
import { isDependencyBot } from '../risk/is-dependency-bot.ts';
import { formatRef } from '../task/identity.ts';
import { effortOfChange } from './effort-of-change.ts';
import { familiarityWith, linesByFolder } from './familiarity.ts';
import { loginKey } from './past-change.ts';
import type { PullReviews } from './pull-reviews.ts';
import type { ReviewBase } from './review-base.ts';
import type { WaitingReview } from './review-facts.ts';
import { effortFor } from './score-candidate.ts';
import { secondsAfter } from './seconds-after.ts';
import { askedAt, isPerson, readyAt } from './standing-of-pull.ts';
import { type Turn, turnOf } from './waiting-on-reviewer.ts';

/** Reviews that wait for somebody, here and in the other repositories of the owner; drafts and dependency updates are nobody's work. */
export function waitingReviewsOf(login: string, base: ReviewBase): readonly WaitingReview[] {
  const { snapshot, elsewhere, touches, now, slaSeconds } = base;
  const key = loginKey(login);
  const asked = (elsewhere.get(login) ?? []).filter((pull) => askedAt(pull, login) !== null);
  // The search says that this person is asked, whatever the steps that could be read tell.
  const others = asked.map((pull) => ({ ...pull, asked: [...new Set([login, ...pull.asked])] }));
  return [...snapshot.open, ...others].flatMap((pull) => {
    const turn = turnOfPull(pull, login);
    if (turn?.on !== 'reviewer') return [];
    const familiarity = familiarityWith(linesByFolder(pull.files), touches, now).get(key) ?? 0;
    return [
      {
        ref: pull.ref,
        askedAt: turn.since,
        dueAt: turn.since === null ? null : secondsAfter(turn.since, slaSeconds),
        effort: effortFor(effortOfChange(pull.changedLines), familiarity),
      },
    ];
  });
}

/** Whether a pull request waits for a review of this person; null for updates of dependencies. */
export const turnOfPull = (pull: PullReviews, login: string): Turn | null =>
  isDependencyBot(pull.author) ? null : turnOf(turnFacts(pull), login);

function turnFacts(pull: PullReviews): Parameters<typeof turnOf>[0] {
  const { state, isDraft, author, standing } = pull;
  const checks = standing?.checks ?? 'unknown';
  return {
    ...{ state, isDraft, author },
    readyAt: readyAt(pull),
    asked: pull.asked.filter(isPerson).map((login) => ({ login, askedAt: askedAt(pull, login) })),
    reviews: pull.reviews.map(({ login, at, state: verdict }) => ({ author: login, state: verdict, submittedAt: at })),
    pushedAt: pull.commits.at(-1)?.committedAt ?? null,
    checks:
      checks === 'unknown'
        ? unknown({ cause: 'forbidden', what: `checks of ${formatRef(pull.ref)}` })
        : known({ state: checks }),
    checkedAt: null,
    mergeable: standing?.mergeable ?? 'unknown',
    reviewDecision: standing?.decision ?? null,
  };
}
