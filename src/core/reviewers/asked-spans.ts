import { isDependencyBot } from '../risk/is-dependency-bot.ts';
import type { Instant } from '../task/facts.ts';
import type { AskedSpan } from './asked-span.ts';
import { type OwnTurn, ownTurns } from './own-turns.ts';
import { loginKey } from './past-change.ts';
import type { PullReviews } from './pull-reviews.ts';
import type { ReviewSnapshot } from './review-snapshot.ts';

type Pulls = Pick<ReviewSnapshot, 'open' | 'past'>;

/** All of them; `login` as a key. */
export const askedSpansOf = (login: string, { open, past }: Pulls): readonly AskedSpan[] =>
  [...open, ...past].flatMap((pull) => spansIn(pull, login));

/**
 * When it was somebody's turn to answer: not on updates of dependencies, from when on it was no draft, and not while it waited on
 * its author, its checks or its merge, see `ownTurns`.
 */
export const readySpansOf = (login: string, { open, past }: Pulls): readonly OwnTurn[] =>
  [...open, ...past]
    .filter(({ author, state, isDraft }) => !isDependencyBot(author) && !(state === 'open' && isDraft))
    .flatMap((pull) =>
      spansIn(pull, login).flatMap((span) => ownTurns({ ...span, from: readySince(pull, span) }, pull)),
    );

function spansIn({ steps: all, reviews, endedAt }: PullReviews, key: string): readonly AskedSpan[] {
  const isOwn = (name: string | null): boolean => name !== null && loginKey(name) === key;
  const steps = all.flatMap((step) =>
    (step.kind === 'asked' || step.kind === 'removed') && isOwn(step.reviewer) ? [step] : [],
  );
  const ends = [
    ...reviews.filter(({ login }) => isOwn(login)).map(({ at }) => ({ at, isAnswered: true })),
    ...steps.filter(({ kind }) => kind === 'removed').map(({ at }) => ({ at, isAnswered: false })),
    ...(endedAt === null ? [] : [{ at: endedAt, isAnswered: false }]),
  ].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return steps
    .filter(({ kind }) => kind === 'asked')
    .map(({ at }) => {
      const end = ends.find((one) => one.at > at);
      return { from: at, until: end?.at ?? null, isAnswered: end?.isAnswered ?? false };
    });
}

/** Whoever is asked to review a draft may wait until it is ready. */
function readySince({ steps }: PullReviews, { from, until }: AskedSpan): Instant {
  const ready = steps.findLast(({ kind, at }) => kind === 'ready' && (until === null || at < until));
  return ready !== undefined && ready.at > from ? ready.at : from;
}
