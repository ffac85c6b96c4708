import type { AccountRecord } from '../../world.ts';
import type { PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { findNode } from '../find-node.ts';
import { GithubError, NotModelled } from '../github-error.ts';
import { accountOf, type GraphqlContext, type RateLimitFigures, visibleRepository } from '../graphql-context.ts';
import { searchItems } from '../search-items.ts';
import { accountSource } from '../source.ts';

interface SearchArguments extends PageArguments {
  readonly query: string;
  readonly type: string;
}

interface Login {
  readonly login: string;
}

export const queryFields: FieldTable<unknown> = {
  repository: (_source, { owner, name }: { readonly owner: string; readonly name: string }, context) => {
    const record = visibleRepository(context, `${owner}/${name}`);
    return record === null
      ? unresolved(`a Repository with the name '${owner}/${name}'`)
      : { type: 'Repository', record };
  },
  repositoryOwner: (_source, { login }: Login, context) => {
    const account = accountOf(context, login);
    return account === null || account.type === 'Bot' ? null : accountSource(account);
  },
  user: (_source, { login }: Login, context) =>
    accountSource(accountOfType(context, login, 'User') ?? unresolved(`a User with the login of '${login}'`)),
  organization: (_source, { login }: Login, context) =>
    accountSource(
      accountOfType(context, login, 'Organization') ?? unresolved(`an Organization with the login of '${login}'`),
    ),
  viewer: (_source, _args, context) => {
    const account = accountOf(context, context.viewer.login ?? '');
    if (account === null) throw new GithubError('FORBIDDEN', 'Resource not accessible by integration');
    return accountSource(account);
  },
  node: (_source, { id }: { readonly id: string }, context) => findNode(context, id),
  nodes: (_source, { ids }: { readonly ids: readonly string[] }, context) =>
    ids.map((id) => errorInPlace(() => findNode(context, id))),
  search: (_source, args: SearchArguments, context) => {
    if (args.type !== 'ISSUE' && args.type !== 'ISSUE_ADVANCED')
      throw new NotModelled(`Query.search(type: ${args.type})`);
    return searchItems(context, args.query, args);
  },
  rateLimit: (_source, _args, context) => context.rateLimit,
};

export const rateLimitFields: FieldTable<RateLimitFigures> = {
  cost: ({ cost }) => cost,
  nodeCount: ({ nodeCount }) => nodeCount,
  limit: ({ limit }) => limit,
  used: ({ used }) => used,
  remaining: ({ remaining }) => remaining,
  resetAt: ({ resetAt }) => resetAt,
};

function accountOfType(context: GraphqlContext, login: string, type: AccountRecord['type']): AccountRecord | null {
  const account = accountOf(context, login);
  return account?.type === type ? account : null;
}

/** In a list, an element's failure stands in its place and leaves the others alone. */
function errorInPlace(find: () => unknown): unknown {
  try {
    return find();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function unresolved(what: string): never {
  throw new GithubError('NOT_FOUND', `Could not resolve to ${what}.`);
}
