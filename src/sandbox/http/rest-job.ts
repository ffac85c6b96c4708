import { WorldRefusal } from '../actions/world-refusal.ts';
import { findRefusal } from '../rest/authorize.ts';
import type { RestRoute } from '../rest/route.ts';
import { type Answer, refusal } from './answer.ts';
import { type Job, withoutPrefix } from './exchange.ts';
import { readJson } from './json-body.ts';
import type { SandboxState } from './sandbox-state.ts';

interface RestRequest {
  readonly url: URL;
  readonly parameters: Readonly<Record<string, string>>;
  /** The body as text; empty for a read. */
  readonly text: string;
}

/** Describes a request to a modelled REST operation. Reads may be answered from the stale world, writes never. */
export function restJob(state: SandboxState, route: RestRoute, request: RestRequest): Job {
  const isRead = route.method === 'GET';
  return {
    operation: route.operation,
    kind: 'rest',
    resource: route.operation.startsWith('search/') ? 'search' : 'core',
    isWrite: !isRead && route.needs.by === 'repository',
    createsContent: route.method === 'POST' && route.needs.by === 'repository',
    unmodelled: false,
    run: async (viewer) => {
      const world = isRead ? state.stale.readable() : state.world;
      const { url, parameters } = request;
      const refused = findRefusal({ world, viewer, parameters }, route.needs);
      if (refused !== null) return { answer: refused, cost: 1, nodes: 0 };
      const json = readJson(isRead ? '' : request.text);
      if ('problem' in json) return { answer: json.problem, cost: 1, nodes: 0 };
      const call = { ...request, world, viewer, query: url.searchParams, body: json.value, now: state.clock() };
      const { baseUrl, limiter, webhooks } = state;
      const answer = await answerOrRefuse(() => route.answer({ ...call, baseUrl, limiter, webhooks }));
      return { answer, cost: route.operation === 'rate-limit/get' ? 0 : 1, nodes: 0 };
    },
  };
}

/**
 * What the sandbox has no route for: 501, which GitHub never sends, because a 404 would read as "there is none"; and an
 * entry in the request log that tests can find.
 */
export function unmodelledJob(method: string, path: string): Job {
  return {
    operation: null,
    kind: 'rest',
    resource: 'core',
    isWrite: !['GET', 'HEAD', 'OPTIONS'].includes(method),
    createsContent: false,
    unmodelled: true,
    run: async () => ({ answer: refusal(501, `not modelled: ${method} ${withoutPrefix(path)}`), cost: 1, nodes: 0 }),
  };
}

async function answerOrRefuse(answer: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (thrown) {
    if (thrown instanceof WorldRefusal) return refusal(thrown.status, thrown.message, thrown.errors);
    throw thrown;
  }
}
