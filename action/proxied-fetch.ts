import type { RequestInfo, RequestInit } from 'undici';

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/**
 * A `fetch` that goes through the proxy that the environment names, but for the hosts of `NO_PROXY`; null where it names
 * none. Node's own `fetch` knows of proxies from 24 on and only when it is told so at its start.
 */
export async function proxiedFetch(
  env: Readonly<Record<string, string | undefined>>,
): Promise<typeof globalThis.fetch | null> {
  if (PROXIES.every((name) => !env[name])) return null;
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent();
  const throughProxy = (input: RequestInfo, init: RequestInit = {}) => fetch(input, { ...init, dispatcher });
  // The same function under two sets of type definitions: Node's are made from undici's.
  return throughProxy as unknown as typeof globalThis.fetch;
}
