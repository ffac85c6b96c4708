import type { Probot } from 'probot';
import { UserError } from '../../core/failure.ts';
import type { GitHubClient } from '../../github/client.ts';
import { clientOfOctokit } from '../../github/client-of-octokit.ts';
import { githubFailure } from '../../github/github-failure.ts';
import type { OwnIdentity } from './payload-subjects.ts';

export interface InstallationClients {
  /** One client per installation, so that each has its own token and its own queue at GitHub. */
  of(installationId: number): Promise<GitHubClient>;
  /** As git needs it; GitHub's tokens hold for an hour. Throws `UserError` where GitHub gives none. */
  tokenOf(installationId: number): Promise<string>;
  /** From now on with a new token: after its permissions changed, or when GitHub no longer accepts the old one. */
  renew(installationId: number): void;
  /** Asks GitHub for all installations that are not suspended, and knows no others from then on. Their ids. */
  loadAll(): Promise<readonly number[]>;
  /** Notes which account an installation belongs to, as events tell it. */
  learn(installationId: number, account: string): void;
  /** Null while nothing from that account has been seen. */
  installationOf(account: string): number | null;
  forget(installationId: number): void;
}

interface KnownInstallation {
  readonly id: number;
  readonly account: string;
}

export function createInstallationClients(probot: Probot): InstallationClients {
  const clients = new Map<number, Promise<GitHubClient>>();
  const accounts = new Map<string, number>();

  const connect = async (installationId: number, renewsToken: boolean) => {
    if (renewsToken) await renewToken(probot, installationId);
    return clientOfOctokit(await probot.auth(installationId));
  };
  const keep = (installationId: number, client: Promise<GitHubClient>) => {
    clients.set(installationId, client);
    client.catch(() => clients.delete(installationId));
    return client;
  };
  return {
    of: (installationId) => clients.get(installationId) ?? keep(installationId, connect(installationId, false)),
    tokenOf: (installationId) => loadToken(probot, installationId),
    renew: (installationId) => {
      keep(installationId, connect(installationId, true));
    },
    loadAll: async () => {
      const all = await listInstallations(probot);
      accounts.clear();
      for (const { id, account } of all) accounts.set(account.toLowerCase(), id);
      return all.map(({ id }) => id);
    },
    learn: (installationId, account) => accounts.set(account.toLowerCase(), installationId),
    installationOf: (account) => accounts.get(account.toLowerCase()) ?? null,
    forget: (installationId) => {
      clients.delete(installationId);
      for (const [account, id] of accounts) if (id === installationId) accounts.delete(account);
    },
  };
}

async function loadToken(probot: Probot, installationId: number): Promise<string> {
  const octokit = await probot.auth();
  const tried = `sign in to the installation ${installationId}`;
  const signedIn: unknown = await octokit.auth({ type: 'installation', installationId }).catch((cause: unknown) => {
    throw githubFailure(cause, tried);
  });
  const isToken = typeof signedIn === 'object' && signedIn !== null && 'token' in signedIn;
  if (isToken && typeof signedIn.token === 'string') return signedIn.token;
  throw new Error(`could not ${tried}: GitHub gave no token`);
}

/** Probot keeps a token for an hour, also one that has lost its worth or lacks a permission granted since. */
async function renewToken(probot: Probot, installationId: number): Promise<void> {
  const octokit = await probot.auth();
  try {
    await octokit.auth({ type: 'installation', installationId, refresh: true });
  } catch (cause) {
    throw githubFailure(cause, `sign in to the installation ${installationId}`);
  }
}

/**
 * Who the App is, asked of GitHub at the start: it proves the App's id and private key before the first event does.
 * Throws `UserError('unauthenticated')` when GitHub does not accept them.
 */
export async function loadIdentity(probot: Probot): Promise<OwnIdentity> {
  try {
    const octokit = await probot.auth();
    const { data } = await octokit.rest.apps.getAuthenticated();
    if (data === null) throw notAccepted();
    return { appId: data.id, login: `${data.slug}[bot]` };
  } catch (cause) {
    const failure = githubFailure(cause, 'sign in as the App');
    if (failure instanceof UserError && failure.code !== 'github_unavailable') throw notAccepted(failure);
    throw failure;
  }
}

/** Installations that are not suspended. */
async function listInstallations(probot: Probot): Promise<readonly KnownInstallation[]> {
  const octokit = await probot.auth();
  try {
    const all = await octokit.paginate(octokit.rest.apps.listInstallations, { per_page: 100 });
    return all
      .filter(({ suspended_at }) => suspended_at === null)
      .map(({ id, account }) => ({ id, account: account === null ? '' : accountName(account) }));
  } catch (cause) {
    throw githubFailure(cause, "list the App's installations");
  }
}

const accountName = (account: object): string =>
  'login' in account && typeof account.login === 'string' ? account.login : '';

function notAccepted(cause?: unknown): UserError {
  return new UserError(
    'unauthenticated',
    'GitHub does not accept the App id with this private key.',
    "Copy both again from the App's settings page: the id as a number, the key as the whole PEM file.",
    { cause },
  );
}
