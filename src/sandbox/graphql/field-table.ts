import type { GraphqlContext } from './graphql-context.ts';

/** How one field of a GraphQL type is answered. Arguments come checked against the schema, so a resolver names their types. */
export type Field<Source> = (source: Source, args: never, context: GraphqlContext) => unknown;

/** A GraphQL type's modelled fields; every other field of the type fails as not modelled. */
export type FieldTable<Source> = Readonly<Record<string, Field<Source>>>;
