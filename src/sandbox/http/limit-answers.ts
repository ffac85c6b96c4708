import type { Viewer } from '../access/viewer.ts';
import type { Answer } from './answer.ts';

const DOCUMENTATION = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';

/** The hourly budget is used up. GraphQL says so with status 200, as an error of type `RATE_LIMITED`. */
export function primaryRefusal(kind: 'rest' | 'graphql', viewer: Viewer): Answer {
  const message = `API rate limit exceeded for ${nameOf(viewer)}.`;
  if (kind === 'graphql') return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] } };
  return { status: 403, body: { message, documentation_url: DOCUMENTATION, status: '403' } };
}

/** Too much at once. GitHub does not say which of its secondary limits was met, only when to come back. */
export function secondaryRefusal(retryAfterSeconds: number): Answer {
  return {
    status: 403,
    headers: { 'retry-after': String(retryAfterSeconds) },
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url: `${DOCUMENTATION}#about-secondary-rate-limits`,
      status: '403',
    },
  };
}

function nameOf(viewer: Viewer): string {
  if (viewer.kind === 'installation') return `installation ID ${viewer.installationId}`;
  return viewer.kind === 'anonymous' ? '127.0.0.1' : `user ${viewer.login}`;
}
