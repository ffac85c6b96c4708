import { type OperationDefinitionNode, parse } from 'graphql';
import { executeGraphql } from '../graphql/execute-graphql.ts';
import { type Answer, refusal } from './answer.ts';
import type { Job, Result } from './exchange.ts';
import { isObject, readJson } from './json-body.ts';
import type { SandboxState } from './sandbox-state.ts';

const TIMED_OUT =
  'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.';

interface GraphqlBody {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly operationName: string | null;
}

/** Describes a `POST /graphql`; reads are answered from the stale world when there is one, mutations never. */
export function graphqlJob(state: SandboxState, text: string): Job {
  const body = readBody(text);
  const definition = 'status' in body ? null : findOperation(body);
  const isWrite = definition?.operation === 'mutation';
  return {
    operation: 'status' in body ? null : (definition?.name?.value ?? body.operationName),
    kind: 'graphql',
    resource: 'graphql',
    isWrite,
    createsContent: isWrite,
    unmodelled: false,
    run: async (viewer, budget) => {
      if (viewer.kind === 'anonymous') {
        return freeOfCharge(refusal(401, 'This endpoint requires you to be authenticated.'));
      }
      if ('status' in body) return freeOfCharge(body);
      const world = isWrite ? state.world : state.stale.readable();
      const resetAt = new Date(budget.reset * 1000).toISOString();
      const {
        status,
        body: answer,
        cost,
      } = executeGraphql({
        world,
        viewer,
        baseUrl: state.baseUrl,
        ...body,
        budget: { limit: budget.limit, used: budget.used, resetAt },
      });
      const limit = state.faults.nodeLimit();
      const isTooBig = !isWrite && limit !== null && cost.nodes > limit;
      return {
        answer: isTooBig ? timedOut() : { status, body: answer },
        cost: cost.points,
        nodes: cost.nodes,
      };
    },
  };
}

function freeOfCharge(answer: Answer): Result {
  return { answer, cost: 0, nodes: 0 };
}

function timedOut(): Answer {
  return { status: 502, body: { data: null, errors: [{ message: TIMED_OUT }] } };
}

function readBody(text: string): GraphqlBody | Answer {
  const json = readJson(text);
  if ('problem' in json) return json.problem;
  const { query, variables, operationName } = json.value;
  if (typeof query !== 'string') return refusal(400, 'A query attribute must be specified and must be a string.');
  return {
    query,
    variables: isObject(variables) ? variables : null,
    operationName: typeof operationName === 'string' ? operationName : null,
  };
}

/** The operation that will run; null for a query that does not parse, which `executeGraphql` reports. */
function findOperation({ query, operationName }: GraphqlBody): OperationDefinitionNode | null {
  try {
    const operations = parse(query).definitions.filter((one) => one.kind === 'OperationDefinition');
    return operations.find((one) => operationName === null || one.name?.value === operationName) ?? null;
  } catch {
    return null;
  }
}
