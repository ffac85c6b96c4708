import type { Instant } from '../task/facts.ts';
import type { AskedSpan } from './asked-span.ts';
import { loginKey } from './past-change.ts';
import type { GivenReview, PullReviews } from './pull-reviews.ts';

export interface OwnTurn extends AskedSpan {
  /** Whether it ended because it was somebody else's turn then. */
  readonly isOvertaken: boolean;
}

/** When a pull request waited on somebody else than its reviewers; `until` null where it still does. */
interface OthersTurn {
  readonly from: Instant;
  readonly until: Instant | null;
}

/**
 * The parts of a request in which it was the reviewer's turn, the earliest first. It is not while changes that somebody requested
 * are not answered, from the last approval of what was merged or is approved, and where checks run or fail since the last push.
 * What is in conflict with its base tells nothing: nobody knows since when.
 *
 * A review that came all the same is an answer, and the time until then was the reviewer's.
 */
export function ownTurns(span: AskedSpan, pull: PullReviews): readonly OwnTurn[] {
  if (span.until === null && pull.standing?.mergeable === 'conflicting') return [];
  const turns: OwnTurn[] = [];
  let from: Instant | null = span.from;
  for (const other of turnsOfOthers(pull)) {
    if (from === null || isAfter(other, span) || isBefore(other, from) || isAnsweredIn(other, span)) continue;
    if (isLater(other.from, from)) turns.push({ from, until: other.from, isAnswered: false, isOvertaken: true });
    from = other.until;
  }
  return from === null ? turns : [...turns, { ...span, from, isOvertaken: false }];
}

const isAfter = ({ from }: OthersTurn, { until }: AskedSpan): boolean => until !== null && !isLater(until, from);
const isBefore = ({ until }: OthersTurn, from: Instant): boolean => until !== null && !isLater(until, from);
const isAnsweredIn = ({ until: end }: OthersTurn, { until, isAnswered }: AskedSpan): boolean =>
  isAnswered && until !== null && (end === null || !isLater(until, end));

function turnsOfOthers(pull: PullReviews): readonly OthersTurn[] {
  const changes = pull.reviews.filter(({ state }) => state === 'changes_requested');
  const turns = [...changes.map((review) => authorsTurn(review, pull)), ...sinceApproved(pull), ...sincePushed(pull)];
  return turns.sort((one, other) => Date.parse(one.from) - Date.parse(other.from));
}

/** From changes that somebody requested to the next push, or until that person is asked again or takes them back. */
function authorsTurn({ login, at }: GivenReview, { commits, reviews, steps }: PullReviews): OthersTurn {
  const isSame = (name: string | null): boolean => name !== null && loginKey(name) === loginKey(login);
  const answers = [
    ...commits.map(({ committedAt }) => committedAt),
    ...reviews.filter((one) => isSame(one.login) && TAKES_BACK.has(one.state)).map((one) => one.at),
    ...steps.flatMap((step) => (step.kind === 'asked' && isSame(step.reviewer) ? [step.at] : [])),
  ];
  return { from: at, until: earliest(answers.filter((one) => isLater(one, at))) };
}

const TAKES_BACK: ReadonlySet<GivenReview['state']> = new Set(['approved', 'dismissed']);

/** How many approvals it needs is told by none of them: that all were there shows at the end, and the last one was enough. */
function sinceApproved({ state, standing, reviews }: PullReviews): readonly OthersTurn[] {
  if (state !== 'merged' && standing?.decision !== 'approved') return [];
  const last = reviews.findLast((review) => review.state === 'approved');
  return last === undefined ? [] : [{ from: last.at, until: null }];
}

/** The checks that are told are those of the last push. */
function sincePushed({ standing, commits, openedAt }: PullReviews): readonly OthersTurn[] {
  if (standing?.checks !== 'failure' && standing?.checks !== 'pending') return [];
  return [{ from: commits.at(-1)?.committedAt ?? openedAt, until: null }];
}

const isLater = (one: Instant, other: Instant): boolean => Date.parse(one) > Date.parse(other);

const earliest = (instants: readonly Instant[]): Instant | null =>
  instants.reduce<Instant | null>((first, at) => (first === null || isLater(first, at) ? at : first), null);
