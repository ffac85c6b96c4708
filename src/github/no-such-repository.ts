import { UserError } from '../core/failure.ts';
import type { RepositoryRef } from '../core/task/identity.ts';

/** GitHub tells nobody whether a repository is not there or hidden. */
export const noSuchRepository = ({ owner, repo }: RepositoryRef): UserError =>
  new UserError(
    'not_found',
    `There is no repository ${owner}/${repo}, or you may not see it.`,
    'Check the spelling, and that the token has access to it.',
  );
