import { UserError } from '../core/failure.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';

/** For a task that was named as an umbrella and is none. */
export function noUmbrella(ref: Ref): UserError {
  return new UserError(
    'not_an_umbrella',
    `${formatRef(ref)} has no sub-issues, so there is nothing to roll up.`,
    'Add a sub-issue to it on GitHub, or name its parent: parasol umbrella list shows the umbrellas.',
  );
}
