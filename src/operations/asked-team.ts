import { UserError } from '../core/failure.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import { canAnybody } from '../core/reviewers/why-nobody.ts';
import { refKey } from '../core/task/identity.ts';
import type { LoadedReviews } from './load-review-model.ts';

/** A team of which alone somebody wants to know. */
export interface AskedTeam {
  /** As `org/team`, in lower case. */
  readonly name: string;
  /** Logins in lower case. */
  readonly members: ReadonlySet<string>;
}

/** The team that somebody typed, as team or org/team; throws `forbidden` or `usage` where it is not known. */
export function askedTeam({ snapshot: { teams, repository } }: LoadedReviews, team: string): AskedTeam {
  const name = (team.includes('/') ? team : `${repository.owner}/${team}`).replace(/^@/, '').toLowerCase();
  if (!teams.known)
    throw new UserError(
      'forbidden',
      `The teams of ${repository.owner} could not be read.`,
      'The token needs members: read, or the scope read:org. Without --team everybody is told.',
    );
  const found = teams.value.find((one) => one.name.toLowerCase() === name);
  if (found !== undefined) return { name, members: new Set(found.members.map(loginKey)) };
  const names = teams.value.map((one) => one.name).join(', ');
  throw new UserError(
    'usage',
    `There is no team ${name}.`,
    names === ''
      ? `${repository.owner} has no teams: people never have, and organizations may have none. Leave --team out.`
      : `Its teams are: ${names}.`,
  );
}

/**
 * What concerns a team: what it or a member is asked for, and what nobody is asked for and a member could review. `people`: those of
 * its members who may review here.
 */
export const concernsTeam =
  ({ model }: LoadedReviews, { name, members }: AskedTeam, people: readonly Reviewer[]) =>
  (request: ReviewRequest): boolean => {
    const asked = (model.pulls.get(refKey(request.ref))?.asked ?? []).map(loginKey);
    if (asked.length === 0) return canAnybody(request, people);
    return asked.some((one) => one === name || members.has(one));
  };
