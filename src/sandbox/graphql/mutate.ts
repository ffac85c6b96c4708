import { permits } from '../access/viewer.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import type { ItemKey, RepositoryRecord } from '../world.ts';
import type { Field } from './field-table.ts';
import { forbidden, GithubError } from './github-error.ts';
import { canSeeRepository, type GraphqlContext, keyOf } from './graphql-context.ts';
import { isSameLogin } from './same-login.ts';
import type { ItemSource } from './source.ts';

type Permission = 'issues' | 'pull_requests';

/** Who changes the world, and checks that fail with GitHub's refusal unless they may. */
interface Doer {
  readonly context: GraphqlContext;
  readonly login: string;
  readonly mayWrite: (repository: RepositoryRecord, permission: Permission) => void;
  /** Opening issues and commenting: anyone who sees the repository, an App only with the permission. */
  readonly mayTakePart: (repository: RepositoryRecord, permission: Permission) => void;
  /** Changing what `author` wrote: the author, or whoever may write. */
  readonly mayEdit: (repository: RepositoryRecord, permission: Permission, author: string) => void;
}

type Input = { readonly clientMutationId?: string | null };

/** A mutation as a field: reads its `input`, does it as the viewer, and turns the world's refusals into GitHub's errors. */
export function mutate<MutationInput>(
  perform: (input: MutationInput, doer: Doer) => Readonly<Record<string, unknown>>,
): Field<unknown> {
  return (_source, { input }: { readonly input: MutationInput & Input }, context) => {
    try {
      return { ...perform(input, doerOf(context)), clientMutationId: input.clientMutationId };
    } catch (error) {
      throw error instanceof WorldRefusal ? asGithubError(error) : error;
    }
  };
}

export function keyOfItem({ repository, record }: ItemSource): ItemKey {
  return { repository: keyOf(repository), number: record.number };
}

function doerOf(context: GraphqlContext): Doer {
  const { world, viewer } = context;
  if (viewer.login === null) throw forbidden();
  const holds = (repository: RepositoryRecord, permission: Permission) =>
    permits(world, viewer, keyOf(repository), permission, 'write');
  const mayWrite: Doer['mayWrite'] = (repository, permission) => {
    if (!holds(repository, permission)) throw forbidden();
  };
  return {
    context,
    login: viewer.login,
    mayWrite,
    mayTakePart: (repository, permission) => {
      const isFreeToAll = viewer.kind === 'user' && viewer.permissions === null;
      if (!isFreeToAll || !canSeeRepository(context, repository)) mayWrite(repository, permission);
    },
    mayEdit: (repository, permission, author) => {
      const isOwn = viewer.kind === 'user' && isSameLogin(author, viewer.login);
      if (!isOwn) mayWrite(repository, permission);
    },
  };
}

function asGithubError(refusal: WorldRefusal): GithubError {
  if (refusal.status === 404) return new GithubError('NOT_FOUND', 'Could not resolve to a node with the given id.');
  if (refusal.status === 403) return new GithubError('FORBIDDEN', refusal.message);
  const reasons = refusal.errors.flatMap(({ message }) => message ?? []);
  return new GithubError('UNPROCESSABLE', reasons.length === 0 ? refusal.message : reasons.join(', '));
}
