import { decodeJwt, importSPKI, jwtVerify } from 'jose';
import type { AppRecord, World } from '../world.ts';
import type { AuthProblem, Viewer } from './viewer.ts';

/** GitHub refuses a JWT that lives longer than ten minutes, and one issued in the future; a minute of drift is fine. */
const LONGEST_LIFE_SECONDS = 600;
const CLOCK_DRIFT_SECONDS = 60;

const UNREADABLE = 'A JSON web token could not be decoded';

/** Accepts an App's RS256 JWT as GitHub does, with GitHub's own 401 messages for what is wrong with it. */
export async function verifyAppToken(world: World, jwt: string, now: Date): Promise<Viewer | AuthProblem> {
  const claims = readClaims(jwt);
  if (claims === null) return refuse(UNREADABLE);
  const timeProblem = findTimeProblem(claims, Math.floor(now.getTime() / 1000));
  if (timeProblem !== null) return refuse(timeProblem);
  const app = findIssuer(world, claims.iss);
  if (app === null) return refuse('Integration not found');
  if (!(await isSignedBy(app, jwt))) return refuse(UNREADABLE);
  return {
    kind: 'app',
    login: `${app.slug}[bot]`,
    appId: app.id,
    installationId: null,
    permissions: app.permissions,
  };
}

interface Claims {
  readonly iss: unknown;
  readonly exp: unknown;
  readonly iat: unknown;
}

function readClaims(jwt: string): Claims | null {
  try {
    const { iss, exp, iat } = decodeJwt(jwt);
    return { iss, exp, iat };
  } catch {
    return null;
  }
}

function findTimeProblem({ exp, iat }: Claims, now: number): string | null {
  if (!Number.isInteger(exp))
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  if (!Number.isInteger(iat))
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  if (Number(exp) <= now)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  if (Number(exp) > now + LONGEST_LIFE_SECONDS + CLOCK_DRIFT_SECONDS)
    return "'Expiration time' claim ('exp') is too far in the future";
  if (Number(iat) > now + CLOCK_DRIFT_SECONDS)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  return null;
}

/** The issuer is the App's id, as a number or as text, or its client id. */
function findIssuer(world: World, issuer: unknown): AppRecord | null {
  for (const app of world.apps.values()) {
    if (String(app.id) === String(issuer) || clientIdOf(app) === issuer) return app;
  }
  return null;
}

/** The client id that `GET /app` shows beside the numeric id. GitHub takes either as a JWT's issuer. */
export function clientIdOf(app: AppRecord): string {
  return `Iv1.${String(app.id).padStart(16, '0')}`;
}

async function isSignedBy(app: AppRecord, jwt: string): Promise<boolean> {
  try {
    await jwtVerify(jwt, await importSPKI(app.publicKey, 'RS256'), { algorithms: ['RS256'], currentDate: new Date(0) });
    return true;
  } catch {
    return false;
  }
}

function refuse(message: string): AuthProblem {
  return { problem: 'bad_credentials', message };
}
