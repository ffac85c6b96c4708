import { UserError } from '../core/failure.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GraphqlProblem } from './client.ts';

/** GitHub tells nobody whether a repository is not there or hidden. */
export const noSuchRepository = ({ owner, repo }: RepositoryRef): UserError =>
  new UserError(
    'not_found',
    `There is no repository ${owner}/${repo}, or you may not see it.`,
    'Check the spelling, and that the token has access to it.',
  );

interface RefusedPart {
  /** As the query names it. */
  readonly part: string;
  readonly words: string;
  readonly permission: string;
}

export const PULL_REQUESTS: RefusedPart = {
  part: 'pullRequests',
  words: 'pull requests',
  permission: 'pull_requests: read',
};

/** Why a repository came back empty: where GitHub refuses a part of it, that empties the repository around it too. */
export function whyEmpty(
  repository: RepositoryRef,
  problems: readonly GraphqlProblem[],
  refused: RefusedPart,
): UserError {
  const isRefused = problems.some(({ path }) => path[0] === 'repository' && path[1] === refused.part);
  return isRefused ? refusalOf(repository, refused) : noSuchRepository(repository);
}

export const refusalOf = ({ owner, repo }: RepositoryRef, { words, permission }: RefusedPart): UserError =>
  new UserError(
    'forbidden',
    `GitHub does not let this token read the ${words} of ${owner}/${repo}.`,
    `It needs the permission ${permission}.`,
  );
