import { UserError } from '../core/failure.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { OperationContext } from './operation.ts';

const REPOSITORY = /^([a-z0-9][a-z0-9-]{0,38})\/([a-z0-9._-]{1,100})$/i;

/** Reads `owner/repo` as a person types it; throws `usage` for anything else. */
export function parseRepository(text: string): RepositoryRef {
  const match = REPOSITORY.exec(text.trim());
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new UserError('usage', `"${text}" is not a repository.`, 'Write it as owner/repo, for instance octo/harbor.');
  }
  return { owner: match[1], repo: match[2] };
}

/** The repository that was asked for, else the surface's default one; throws `usage` when there is neither. */
export function repositoryOf(context: OperationContext, asked: string | undefined): RepositoryRef {
  if (asked !== undefined) return parseRepository(asked);
  if (context.defaultRepository !== null) return context.defaultRepository;
  throw new UserError(
    'usage',
    'No repository was given, and none could be found from where you are.',
    'Name it (--repo owner/repo), run inside a checkout whose remote "origin" is on GitHub, or set GITHUB_REPOSITORY.',
  );
}
