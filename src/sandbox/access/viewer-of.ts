import type { TokenRecord, World } from '../world.ts';
import { verifyAppToken } from './app-token.ts';
import { ANONYMOUS, type AuthProblem, type Viewer } from './viewer.ts';

/**
 * Reads the `Authorization` header (`token X`, `Bearer X`, an App's JWT, or none). JWTs, and tokens issued over HTTP,
 * expire by `now`, the machine's clock: the client that made or cached them knows no other.
 */
export async function viewerOf(
  world: World,
  authorization: string | null | undefined,
  now: Date = new Date(),
): Promise<Viewer | AuthProblem> {
  if (!authorization) return ANONYMOUS;
  const credentials = readCredentials(authorization);
  if (credentials === null) return badCredentials();
  if (credentials.split('.').length === 3) return verifyAppToken(world, credentials, now);
  const token = world.tokens.get(credentials);
  if (!token || isExpired(world, token, now)) return badCredentials();
  if (token.kind === 'user') {
    const { login, permissions, scopes } = token;
    return { ...ANONYMOUS, kind: 'user', login, permissions, ...(scopes && { scopes }) };
  }
  const installation = world.installations.get(token.installationId ?? -1);
  if (!installation) return badCredentials();
  return {
    kind: 'installation',
    login: token.login,
    appId: installation.appId,
    installationId: installation.id,
    permissions: token.permissions ?? installation.permissions,
    repositories: token.repositories ?? null,
  };
}

function readCredentials(authorization: string): string | null {
  return /^(?:token|bearer)\s+(\S+)$/i.exec(authorization.trim())?.[1] ?? null;
}

function isExpired(world: World, token: TokenRecord, now: Date): boolean {
  if (token.expiresAt === null) return false;
  const time = token.expiresOn === 'machine' ? now.getTime() : Date.parse(world.now());
  return Date.parse(token.expiresAt) <= time;
}

function badCredentials(): AuthProblem {
  return { problem: 'bad_credentials', message: 'Bad credentials' };
}
