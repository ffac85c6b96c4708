import type { Instant } from '../task/facts.ts';
import type { Ref } from '../task/identity.ts';
import { loginKey } from './past-change.ts';
import type { Reviewer } from './review-facts.ts';
import type { ReviewSnapshot } from './review-snapshot.ts';
import { secondsAfter } from './seconds-after.ts';
import { isPerson } from './standing-of-pull.ts';
import { turnOfPull } from './waiting-reviews.ts';

/** A review that waits for somebody who is not among the reviewers, as when a newcomer was asked by hand. */
export interface WaitForOther {
  readonly ref: Ref;
  readonly login: string;
  /** Null where the timeline does not say. */
  readonly askedAt: Instant | null;
  readonly dueAt: Instant | null;
}

/** What waits for people of whom nothing else is told, the oldest first; what nobody knows the age of comes last. */
export function waitsForOthers(
  { open }: Pick<ReviewSnapshot, 'open'>,
  { reviewers, slaSeconds }: { readonly reviewers: readonly Reviewer[]; readonly slaSeconds: number },
): readonly WaitForOther[] {
  const known = new Set(reviewers.map(({ login }) => loginKey(login)));
  return open
    .flatMap((pull) =>
      pull.asked.filter(isPerson).flatMap((login): readonly WaitForOther[] => {
        const turn = known.has(loginKey(login)) ? null : turnOfPull(pull, login);
        if (turn?.on !== 'reviewer') return [];
        const dueAt = turn.since === null ? null : secondsAfter(turn.since, slaSeconds);
        return [{ ref: pull.ref, login, askedAt: turn.since, dueAt }];
      }),
    )
    .toSorted((one, other) => ((one.askedAt ?? '9') < (other.askedAt ?? '9') ? -1 : 1));
}
