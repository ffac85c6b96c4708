import { connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { actor, type TeamSource } from '../source.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';

/** The world keeps a team's slug alone, so that is also its name. */
export const teamFields: FieldTable<TeamSource> = {
  id: ({ owner, slug }) => syntheticNodeId('T', `${owner}/${slug}`),
  slug: ({ slug }) => slug,
  name: ({ slug }) => slug,
  combinedSlug: ({ owner, slug }) => `${owner}/${slug}`,
  organization: ({ owner }, _args, context) => actor(context, owner),
  url: ({ owner, slug }, _args, { baseUrl }) => `${baseUrl}/orgs/${owner}/teams/${slug}`,
  resourcePath: ({ owner, slug }) => `/orgs/${owner}/teams/${slug}`,
  members: ({ members }, args: PageArguments, context) =>
    connect(
      members.flatMap((login) => actor(context, login) ?? []),
      args,
      { keyOf: (member) => member.record.id },
    ),
};
