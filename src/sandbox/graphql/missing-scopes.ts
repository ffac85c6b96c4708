import { type DocumentNode, GraphQLError, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Viewer } from '../access/viewer.ts';
import { GithubError } from './github-error.ts';
import { githubSchema } from './github-schema.ts';

const TEAM_SCOPES = ['read:org', 'write:org', 'admin:org', 'read:discussion'];

/** A classic token without a scope that a field needs: GitHub refuses the whole query before it looks at any data. */
export function missingScopes(document: DocumentNode, { scopes }: Viewer): readonly GraphQLError[] {
  if (scopes === undefined || TEAM_SCOPES.some((scope) => scopes.includes(scope))) return [];
  const errors: GraphQLError[] = [];
  const types = new TypeInfo(githubSchema());
  const fieldsOfTeams = {
    Field: (node: { readonly name: { readonly value: string } }) => {
      if (types.getParentType()?.name !== 'Team' || node.name.value === '__typename') return;
      const message = `The '${node.name.value}' field needs the scope read:org, which this token was not granted.`;
      errors.push(new GraphQLError(message, { originalError: new GithubError('INSUFFICIENT_SCOPES', message) }));
    },
  };
  visit(document, visitWithTypeInfo(types, fieldsOfTeams));
  return errors;
}
