import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  GraphQLError,
  type GraphQLFieldResolver,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { Viewer } from '../access/viewer.ts';
import type { World } from '../world.ts';
import { fieldTableOf } from './field-tables.ts';
import { formatError, isOwnFault, NotModelled } from './github-error.ts';
import { githubSchema } from './github-schema.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { measureQuery, type QueryMeasure } from './measure-query.ts';
import { missingScopes } from './missing-scopes.ts';
import { prepareQuery } from './prepared-query.ts';
import { typeNameOf } from './source.ts';

interface GraphqlRequest {
  readonly world: World;
  readonly viewer: Viewer;
  /** The sandbox's own address, for the `url` fields. */
  readonly baseUrl: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
  /** What the caller has left before this call; without it a full budget of 5,000. */
  readonly budget?: GraphqlBudget | undefined;
}

interface GraphqlBudget {
  readonly limit: number;
  readonly used: number;
  readonly resetAt: string;
}

interface GraphqlAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly cost: GraphqlCost;
}

interface GraphqlCost {
  readonly points: number;
  readonly nodes: number;
}

const LEAST_COST: GraphqlCost = { points: 1, nodes: 0 };

/**
 * Answers one GraphQL call as GitHub does: the query is checked against GitHub's own schema, then its page sizes and
 * size against GitHub's limits, then run on the world as the viewer sees it. Errors come with status 200, as on GitHub.
 * A field that the sandbox does not model makes the whole answer fail, without data, so that it never reads as empty.
 */
export function executeGraphql(request: GraphqlRequest): GraphqlAnswer {
  const query = prepareQuery(request.query);
  if ('errors' in query) return refused(query.errors, LEAST_COST);
  const operation = getOperationAST(query.document, request.operationName);
  if (!operation) return refused([unknownOperation(request.operationName)], LEAST_COST);
  const unscoped = missingScopes(query.document, request.viewer);
  if (unscoped.length > 0) return refused(unscoped, LEAST_COST);
  const measure = measureRequest(query.document, operation, request);
  if (measure.errors.length > 0) return refused(measure.errors, measure);
  return answer(run(query.document, request, measure), measure);
}

function measureRequest(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  request: GraphqlRequest,
): QueryMeasure {
  const schema = githubSchema();
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
  if (errors) return { ...LEAST_COST, errors };
  return measureQuery({ schema, document, operation, variables: coerced });
}

function run(document: DocumentNode, request: GraphqlRequest, measure: QueryMeasure): ExecutionResult {
  return executeSync({
    schema: githubSchema(),
    document,
    contextValue: contextOf(request, measure),
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
    fieldResolver: resolveField,
    typeResolver: typeNameOf,
  });
}

const resolveField: GraphQLFieldResolver<unknown, GraphqlContext> = (source, args, context, info) => {
  const typeName = info.parentType.name;
  const field = fieldTableOf(typeName)?.[info.fieldName];
  if (field === undefined) throw new NotModelled(`${typeName}.${info.fieldName}`);
  // The schema has checked both: a type's resolvers only ever meet that type's sources and the field's own arguments.
  return field(source as never, args as never, context);
};

function contextOf({ world, viewer, baseUrl, budget }: GraphqlRequest, { points, nodes }: GraphqlCost): GraphqlContext {
  const { limit, used, resetAt } = budget ?? { limit: 5000, used: 0, resetAt: world.now() };
  const usedNow = used + points;
  return {
    world,
    viewer,
    baseUrl: baseUrl.replace(/\/$/, ''),
    rateLimit: {
      cost: points,
      nodeCount: nodes,
      limit,
      used: usedNow,
      remaining: Math.max(0, limit - usedNow),
      resetAt,
    },
    visible: new Map(),
    granted: new Map(),
    indexes: {},
  };
}

function answer({ data, errors }: ExecutionResult, { points, nodes }: GraphqlCost): GraphqlAnswer {
  if (errors === undefined) return { status: 200, body: { data }, cost: { points, nodes } };
  const failures = errors.filter(isOwnFault);
  if (failures.length > 0) return refused(failures, { points, nodes });
  return { status: 200, body: { data, errors: errors.map(formatError) }, cost: { points, nodes } };
}

function refused(errors: readonly GraphQLError[], { points, nodes }: GraphqlCost): GraphqlAnswer {
  return { status: 200, body: { errors: errors.map(formatError) }, cost: { points, nodes } };
}

function unknownOperation(name: string | null | undefined): GraphQLError {
  return new GraphQLError(name ? `No operation named "${name}"` : 'An operation name is required');
}
