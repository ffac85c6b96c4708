import { grants } from '../../access/viewer.ts';
import { connect, type PageArguments } from '../connection.ts';
import type { Field, FieldTable } from '../field-table.ts';
import { forbidden } from '../github-error.ts';
import { canSeeRepository } from '../graphql-context.ts';
import { isSameLogin } from '../same-login.ts';
import { actor, type TeamSource } from '../source.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';

interface RepositoriesArguments extends PageArguments {
  readonly query?: string | null;
}

/** The world keeps a team's slug alone, so that is also its name. */
const fields: FieldTable<TeamSource> = {
  id: ({ owner, slug }) => syntheticNodeId('T', `${owner}/${slug}`),
  slug: ({ slug }) => slug,
  name: ({ slug }) => slug,
  combinedSlug: ({ owner, slug }) => `${owner}/${slug}`,
  organization: ({ owner }, _args, context) => actor(context, owner),
  url: ({ owner, slug }, _args, { baseUrl }) => `${baseUrl}/orgs/${owner}/teams/${slug}`,
  resourcePath: ({ owner, slug }) => `/orgs/${owner}/teams/${slug}`,
  repositories: ({ owner, slug }, { query, ...args }: RepositoriesArguments, context) =>
    connect(
      [...context.world.repositories.values()].filter(
        (one) =>
          isSameLogin(one.owner, owner) &&
          one.teams.has(slug) &&
          one.name.toLowerCase().includes(query?.toLowerCase() ?? '') &&
          canSeeRepository(context, one),
      ),
      args,
      { keyOf: ({ id }) => id, toSource: (record) => ({ type: 'Repository', record }) },
    ),
  members: ({ members }, args: PageArguments, context) =>
    connect(
      members.flatMap((login) => actor(context, login) ?? []),
      args,
      { keyOf: (member) => member.record.id },
    ),
};

/** An App sees that there is a team, and what it is only with `members: read`. */
const forMembers =
  (field: Field<TeamSource>): Field<TeamSource> =>
  (source, args, context) => {
    const { kind, permissions } = context.viewer;
    if (kind === 'installation' && !grants(permissions, 'members', 'read')) throw forbidden();
    return field(source, args, context);
  };

export const teamFields: FieldTable<TeamSource> = Object.fromEntries(
  Object.entries(fields).map(([name, field]) => [name, forMembers(field)]),
);
