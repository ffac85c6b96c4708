import { type Answer, ok } from '../http/answer.ts';
import { callerOf } from '../http/rate-limiter.ts';
import type { RestCall, RestRoute } from './route.ts';

const BY_ANYONE = { by: 'anyone' } as const;

export const META_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/rate_limit', operation: 'rate-limit/get', needs: BY_ANYONE, answer: getRateLimit },
  { method: 'GET', path: '/meta', operation: 'meta/get', needs: BY_ANYONE, answer: getMeta },
];

/** The caller's budgets; asking costs nothing. */
function getRateLimit({ viewer, limiter }: RestCall): Answer {
  const budget = (resource: 'core' | 'graphql' | 'search') => {
    const { limit, used, remaining, reset } = limiter.budgetOf(callerOf(viewer), resource);
    return { limit, used, remaining, reset, resource };
  };
  const core = budget('core');
  return ok({ resources: { core, search: budget('search'), graphql: budget('graphql') }, rate: core });
}

/** github.com names no version here; GitHub Enterprise Server does, and clients tell them apart by it. */
function getMeta(): Answer {
  return ok({ verifiable_password_authentication: false });
}
