import type { FaultControl, RequestMatch } from './fault-control.ts';

/** What a request is matched by. */
export interface RequestFacts {
  readonly method: string;
  /** Without `/api/v3` and query. */
  readonly path: string;
  readonly operation: string | null;
}

export type Fault =
  | { readonly kind: 'fail'; readonly status: number }
  | { readonly kind: 'hang'; readonly ms: number }
  | { readonly kind: 'drop'; readonly afterWrite: boolean }
  | { readonly kind: 'secondary'; readonly retryAfterSeconds: number };

interface ArmedFault {
  readonly match: RequestMatch;
  readonly fault: Fault;
  timesLeft: number;
}

interface FaultEffects {
  readonly exhaust: (resetInSeconds: number) => void;
  readonly makeStale: (forMs: number) => void;
  readonly clear: () => void;
}

export interface Faults {
  readonly control: FaultControl;
  /** The first armed fault that fits, one time of it used up. */
  take(request: RequestFacts): Fault | null;
  /** Null: any number of nodes is answered. */
  nodeLimit(): number | null;
}

/** Keeps the faults asked for, in order, and hands them out to the requests that they fit. */
export function createFaults(effects: FaultEffects): Faults {
  let armed: ArmedFault[] = [];
  let nodes: number | null = null;

  const arm = (fault: Fault, { match = {}, times = 1 }: { match?: RequestMatch; times?: number }) => {
    armed.push({ match, fault, timesLeft: times });
  };
  return {
    control: {
      failNext: ({ status = 500, ...rest }) => arm({ kind: 'fail', status }, rest),
      hangNext: ({ ms, ...rest }) => arm({ kind: 'hang', ms }, rest),
      dropConnection: ({ afterWrite = false, ...rest } = {}) => arm({ kind: 'drop', afterWrite }, rest),
      secondaryLimit: ({ retryAfterSeconds, ...rest }) => arm({ kind: 'secondary', retryAfterSeconds }, rest),
      primaryLimit: ({ resetInSeconds }) => effects.exhaust(resetInSeconds),
      staleReads: ({ forMs }) => effects.makeStale(forMs),
      graphqlTimeoutWhenNodesOver: (limit) => {
        nodes = limit;
      },
      clear: () => {
        armed = [];
        nodes = null;
        effects.clear();
      },
    },
    take: (request) => {
      const found = armed.find(({ match }) => fits(match, request));
      if (!found) return null;
      found.timesLeft -= 1;
      armed = armed.filter(({ timesLeft }) => timesLeft > 0);
      return found.fault;
    },
    nodeLimit: () => nodes,
  };
}

function fits(match: RequestMatch, { method, path, operation }: RequestFacts): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.operation !== undefined && match.operation !== operation) return false;
  if (match.path === undefined) return true;
  return typeof match.path === 'string' ? match.path === path : match.path.test(path);
}
