import { isInside } from '../../access/viewer.ts';
import type { RepositoryRecord, UserStatusRecord } from '../../world.ts';
import { connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { GithubError } from '../github-error.ts';
import { canSeeRepository, type GraphqlContext, visibleRepository } from '../graphql-context.ts';
import { byOrder, type Order } from '../order.ts';
import { isSameLogin } from '../same-login.ts';
import { type AccountSource, teamsOf } from '../source.ts';
import { issueFieldsOfOwner } from './issue-field-fields.ts';

interface RepositoriesArguments extends PageArguments {
  readonly isArchived?: boolean | null;
  readonly isFork?: boolean | null;
  readonly privacy?: 'PUBLIC' | 'PRIVATE' | null;
  readonly ownerAffiliations?: readonly string[] | null;
  readonly orderBy?: Order<'CREATED_AT' | 'UPDATED_AT' | 'PUSHED_AT' | 'NAME' | 'STARGAZERS'> | null;
}

interface TeamsArguments extends PageArguments {
  readonly query?: string | null;
}

const profilePath = ({ record }: AccountSource): string => `/${record.login}`;

const accountFields: FieldTable<AccountSource> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  login: ({ record }) => record.login,
  url: (source, _args, { baseUrl }) => baseUrl + profilePath(source),
  resourcePath: profilePath,
  avatarUrl: ({ record }, _args, { baseUrl }) => `${baseUrl}/avatars/${record.id}`,
};

const ownerFields: FieldTable<AccountSource> = {
  ...accountFields,
  name: ({ record }) => record.name,
  repository: (source, args: { readonly name: string }, context) => {
    const repository = visibleRepository(context, `${source.record.login}/${args.name}`);
    if (repository !== null) return { type: 'Repository', record: repository };
    const name = `${source.record.login}/${args.name}`;
    throw new GithubError('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`);
  },
  repositories: (source, args: RepositoriesArguments, context) =>
    connect(repositoriesOf(source, args, context), args, {
      keyOf: (repository) => repository.id,
      toSource: (record) => ({ type: 'Repository', record }),
    }),
};

export const userFields: FieldTable<AccountSource> = {
  ...ownerFields,
  status: ({ record }) => record.status ?? null,
  isViewer: ({ record }, _args, context) => isSameLogin(record.login, context.viewer.login),
};

export const userStatusFields: FieldTable<UserStatusRecord> = {
  message: ({ message }) => message,
  indicatesLimitedAvailability: ({ isBusy }) => isBusy,
};

export const organizationFields: FieldTable<AccountSource> = {
  ...ownerFields,
  issueFields: issueFieldsOfOwner,
  viewerIsAMember: ({ record }, _args, { world, viewer }) =>
    viewer.kind === 'user' && isInside(world, viewer, record.login),
  team: ({ record }, { slug }: { readonly slug: string }, context) =>
    teamsOf(record.login, context).find((team) => team.slug === slug.toLowerCase()) ?? null,
  teams: ({ record }, args: TeamsArguments, context) =>
    connect(
      teamsOf(record.login, context).filter(({ slug }) => slug.includes(args.query?.toLowerCase() ?? '')),
      args,
      { keyOf: ({ slug }) => slug },
    ),
};

/** GraphQL shows a bot without the `[bot]` that REST appends, and its page as the app's. */
export const botFields: FieldTable<AccountSource> = {
  ...accountFields,
  login: ({ record }) => bareLogin(record.login),
  url: ({ record }, _args, { baseUrl }) => `${baseUrl}/apps/${bareLogin(record.login)}`,
  resourcePath: ({ record }) => `/apps/${bareLogin(record.login)}`,
};

function bareLogin(login: string): string {
  return login.replace(/\[bot\]$/, '');
}

function repositoriesOf(
  { record }: AccountSource,
  args: RepositoriesArguments,
  context: GraphqlContext,
): readonly RepositoryRecord[] {
  const affiliations = new Set(args.ownerAffiliations ?? ['OWNER', 'COLLABORATOR']);
  const listed = [...context.world.repositories.values()].filter((repository) => {
    const owns = isSameLogin(repository.owner, record.login);
    if (!owns && !(affiliations.has('COLLABORATOR') && collaborates(repository, record.login))) return false;
    if (owns && !affiliations.has('OWNER')) return false;
    return canSeeRepository(context, repository) && passesFilters(repository, args);
  });
  const order = args.orderBy ?? { field: 'CREATED_AT', direction: 'ASC' };
  return listed.sort(
    byOrder(order, {
      CREATED_AT: (repository) => repository.createdAt,
      UPDATED_AT: (repository) => repository.pushedAt ?? repository.createdAt,
      PUSHED_AT: (repository) => repository.pushedAt ?? repository.createdAt,
      NAME: (repository) => repository.name.toLowerCase(),
      STARGAZERS: () => 0,
    }),
  );
}

function collaborates(repository: RepositoryRecord, login: string): boolean {
  return [...repository.collaborators.keys()].some((collaborator) => isSameLogin(collaborator, login));
}

/** The sandbox has no archived repositories, so asking for archived ones finds none. */
function passesFilters(repository: RepositoryRecord, args: RepositoriesArguments): boolean {
  if (args.isArchived === true) return false;
  if (args.isFork != null && args.isFork !== (repository.forkOf != null)) return false;
  return args.privacy == null || (args.privacy === 'PUBLIC') === (repository.visibility === 'public');
}
