import { setTimeout as sleep } from 'node:timers/promises';
import { mayPass, UserError } from '../../core/failure.ts';
import type { GitHubClient } from '../../github/client.ts';
import type { InstallationClients } from './installation-clients.ts';

/** Works with an installation's client; when GitHub no longer accepts its token, the next attempt has a new one. */
export async function withClient<T>(
  clients: InstallationClients,
  installationId: number,
  work: (github: GitHubClient) => Promise<T>,
): Promise<T> {
  try {
    return await work(await clients.of(installationId));
  } catch (cause) {
    renewAfter(clients, installationId, cause);
    throw cause;
  }
}

export function renewAfter(clients: InstallationClients, installationId: number, cause: unknown): void {
  if (cause instanceof UserError && cause.code === 'unauthenticated') clients.renew(installationId);
}

/** Surprises may pass as well. */
export function isWorthRetrying(cause: unknown): boolean {
  return !(cause instanceof UserError) || mayPass(cause.code);
}

/** Repeats work that failed for the moment, once after each delay; throws what it failed with in the end. */
export async function withRetries<T>(delaysMs: readonly number[], work: () => Promise<T>): Promise<T> {
  const [delayMs, ...later] = delaysMs;
  try {
    return await work();
  } catch (cause) {
    if (delayMs === undefined || !isWorthRetrying(cause)) throw cause;
  }
  await sleep(delayMs, undefined, { ref: false });
  return withRetries(later, work);
}
