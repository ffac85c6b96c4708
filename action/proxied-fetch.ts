import { EnvHttpProxyAgent, fetch, type RequestInfo, type RequestInit } from 'undici';

/**
 * A `fetch` that goes through the proxy that the environment names, but for the hosts of `NO_PROXY`. Node's own knows of
 * proxies from 24 on, and only when it is told so at its start.
 */
export function proxiedFetch(): typeof globalThis.fetch {
  const dispatcher = new EnvHttpProxyAgent();
  const throughProxy = (input: RequestInfo, init: RequestInit = {}) => fetch(input, { ...init, dispatcher });
  // The same function under two sets of type definitions: Node's are made from undici's.
  return throughProxy as unknown as typeof globalThis.fetch;
}
