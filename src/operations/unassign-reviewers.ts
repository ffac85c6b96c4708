import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import type { ReviewDesk } from './review-desk.ts';

/** Unassigns whom Parasol assigned with a request that they declined or that was taken from them; never whom a person assigned. */
export const unassignReviewers = ({ context, model }: ReviewDesk): Promise<readonly ChangeOutcome[]> =>
  applyChanges(
    context,
    model.requests.flatMap(({ ref: on, standing }) => {
      const { assignedByUs, declined, removedByPerson, removedByBot, handedOffFrom } = standing;
      const out = new Set([...declined.keys(), ...removedByPerson, ...removedByBot, ...handedOffFrom]);
      return assignedByUs
        .filter((login) => out.has(login))
        .map((login) => ({ kind: 'remove_assignee', on, login }) as const);
    }),
  );
