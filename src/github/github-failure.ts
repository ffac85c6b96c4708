import { UserError } from '../core/failure.ts';
import { instantAt } from '../core/instant-at.ts';
import type { Instant } from '../core/task/facts.ts';
import { statusOf } from './status-of.ts';

/**
 * What went wrong between us and GitHub, in words for a person; `tried` says what was attempted, as in
 * `read octo/harbor#12`. Judged by status, header and GraphQL error type, never by a message's text.
 * A `UserError` comes back as it is, and so does anything that is not GitHub's doing: that is a bug.
 */
export function githubFailure(error: unknown, tried: string): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const seen = readFailure(error);
  if (seen.types.includes('RATE_LIMITED') || isLimit(seen)) return rateLimited(seen, tried, error);
  if (seen.isInvalidQuery) return invalidQuery(seen, tried, error);
  if (seen.types.includes('NOT_FOUND')) return notFound(tried, error);
  if (seen.types.includes('INSUFFICIENT_SCOPES')) return outOfScope(tried, error);
  if (seen.types.includes('FORBIDDEN')) return forbidden(seen, tried, error);
  if (seen.isGraphql) return unavailable(`GitHub could not answer the query`, tried, error);
  if (seen.status === null) return error;
  if (!seen.hasAnswer) return unreachable(seen, tried, error);
  return byStatus(seen.status, seen, tried, error);
}

/** Whether a classic token lacks a scope that some field of the query asks for: GitHub then answers nothing at all. */
export function lacksScope(error: unknown): boolean {
  const cause = error instanceof UserError ? error.cause : error;
  return cause instanceof Error && readFailure(cause).types.includes('INSUFFICIENT_SCOPES');
}

/** Whether the query names something that this server does not have: an older GitHub Enterprise Server. */
export function lacksPart(error: UserError): boolean {
  return error.cause instanceof Error && readFailure(error.cause).notThere.length > 0;
}

/** Whether a smaller question could have been answered: GitHub ran out of time or of room for the answer. */
export function isTooLarge(error: unknown): boolean {
  const cause = error instanceof UserError ? error.cause : error;
  if (!(cause instanceof Error)) return false;
  const { status, hasAnswer, types, isGraphql, isInvalidQuery, networkCode } = readFailure(cause);
  if (types.some((type) => type === 'RESOURCE_LIMITS_EXCEEDED' || type === 'MAX_NODE_LIMIT_EXCEEDED')) return true;
  // GitHub's own "something went wrong" has no type; the retry plugin turns it into a 500 that keeps the answer.
  const isUntyped = types.length > 0 && types.every((type) => type === undefined) && !isInvalidQuery;
  if (isUntyped && (isGraphql || status === 500)) return true;
  return hasAnswer ? status === 502 || status === 504 : networkCode === 'TimeoutError';
}

/** How long GitHub asks to wait, in seconds from `now`, where a failure is a rate limit that says so; else null. */
export function retryAfterSeconds(error: unknown, now: Instant): number | null {
  const cause = error instanceof UserError ? error.cause : error;
  if (!(cause instanceof Error)) return null;
  const { headers } = readFailure(cause);
  const seconds = Number(headers['retry-after']);
  if (seconds > 0) return seconds;
  const resetMs = Number(headers['x-ratelimit-reset']) * 1000;
  const isUsedUp = headers['x-ratelimit-remaining'] === '0';
  return isUsedUp && resetMs > 0 ? Math.max(0, Math.ceil((resetMs - Date.parse(now)) / 1000)) + 1 : null;
}

interface SeenFailure {
  readonly status: number | null;
  /** False when nothing came back: no connection, a time-out. */
  readonly hasAnswer: boolean;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly documentationUrl: string;
  /** GraphQL error types. */
  readonly types: readonly unknown[];
  readonly isGraphql: boolean;
  readonly isInvalidQuery: boolean;
  /** What the query names and this server does not know: `Issue.subIssues`, `BlockedByAddedEvent`. */
  readonly notThere: readonly string[];
  /** What GitHub says is wrong with a write: `labels cannot be blank`; at most 200 characters. */
  readonly reasons: string;
  /** `ECONNREFUSED`, `TimeoutError` … */
  readonly networkCode: string | null;
}

function readFailure(error: Error): SeenFailure {
  const response = objectAt(error, 'response');
  const answer = objectAt(response, 'data') ?? objectAt(error, 'data');
  const listed = [valueAt(error, 'errors'), valueAt(answer, 'errors')].find(Array.isArray) ?? [];
  const isGraphql = error.name === 'GraphqlResponseError';
  return {
    status: statusOf(error),
    hasAnswer: response !== null,
    headers: objectAt(response, 'headers') ?? objectAt(error, 'headers') ?? {},
    documentationUrl: String(valueAt(answer, 'documentation_url') ?? ''),
    types: listed.map((entry) => valueAt(entry, 'type')),
    isGraphql,
    isInvalidQuery:
      isGraphql && listed.some((entry) => typeof valueAt(objectAt(entry, 'extensions'), 'code') === 'string'),
    notThere: [...new Set(listed.map(missingPartOf).filter((part) => part !== null))],
    reasons: listed.map(reasonOf).filter(Boolean).join(', ').slice(0, 200),
    networkCode: networkCodeOf(error),
  };
}

function missingPartOf(entry: unknown): string | null {
  const extensions = objectAt(entry, 'extensions');
  const { code, typeName, fieldName } = extensions ?? {};
  if (typeof typeName !== 'string') return null;
  if (code === 'undefinedField') return `${typeName}.${fieldName}`;
  return code === 'undefinedType' ? typeName : null;
}

function reasonOf(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  return ['field', 'message', 'code']
    .map((key) => valueAt(entry, key))
    .filter((part) => typeof part === 'string')
    .join(' ');
}

function isLimit({ status, headers, documentationUrl }: SeenFailure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    'retry-after' in headers || headers['x-ratelimit-remaining'] === '0' || documentationUrl.includes('rate-limits')
  );
}

function byStatus(status: number, seen: SeenFailure, tried: string, cause: Error): UserError {
  if (status === 401) {
    return new UserError(
      'unauthenticated',
      `GitHub did not accept the token (401) on the attempt to ${tried}.`,
      'Set GITHUB_TOKEN to a token that is valid and not expired.',
      { cause },
    );
  }
  if (status === 403) return forbidden(seen, tried, cause);
  if (status === 404 || status === 410 || status === 451) return notFound(tried, cause);
  if (status >= 500) return unavailable(`GitHub answered ${status}`, tried, cause);
  return new UserError(
    'usage',
    `GitHub refused the attempt to ${tried} (${status})${seen.reasons === '' ? '' : `: ${seen.reasons}`}.`,
    'Change what was asked for; see https://docs.github.com/rest for what GitHub accepts.',
    { cause },
  );
}

function forbidden({ headers }: SeenFailure, tried: string, cause: Error): UserError {
  const accepted = headers['x-accepted-github-permissions'];
  const permission = typeof accepted === 'string' && accepted !== '' ? accepted.replaceAll('=', ': ') : null;
  return new UserError(
    'forbidden',
    `GitHub does not let this token ${tried} (403).`,
    permission === null ? 'Run `parasol doctor` to see what it may do.' : `It needs the permission ${permission}.`,
    { cause },
  );
}

function outOfScope(tried: string, cause: Error): UserError {
  return new UserError(
    'forbidden',
    `GitHub does not let this token ${tried}: it lacks a scope.`,
    'Give it the scopes repo and read:org; `parasol doctor` shows those that it has.',
    { cause },
  );
}

function notFound(tried: string, cause: Error): UserError {
  return new UserError(
    'not_found',
    `Not found on the attempt to ${tried}: it does not exist, or you may not see it.`,
    'Check the spelling, and that the token has access to this repository.',
    { cause },
  );
}

function rateLimited({ headers }: SeenFailure, tried: string, cause: Error): UserError {
  const seconds = Number(headers['retry-after']);
  const reset = Number(headers['x-ratelimit-reset']);
  const wait =
    seconds > 0
      ? `Try again in ${seconds} s.`
      : reset > 0
        ? `Try again after ${instantAt(reset * 1000)}.`
        : 'Try again in a few minutes.';
  return new UserError('rate_limited', `GitHub's rate limit is used up; it stopped the attempt to ${tried}.`, wait, {
    cause,
  });
}

/** An older GitHub Enterprise Server. Its REST specifications of 3.17 and 3.18 have no operation for sub-issues. */
function invalidQuery({ notThere }: SeenFailure, tried: string, cause: Error): UserError {
  const lack =
    notThere.length === 0
      ? `This GitHub server does not understand what Parasol asks to ${tried}.`
      : `This GitHub server does not have ${namesOf(notThere)}, which Parasol needs to ${tried}.`;
  return new UserError(
    'github_unavailable',
    lack,
    'Sub-issues and dependencies need github.com or a GitHub Enterprise Server newer than 3.18; `parasol doctor` shows what this one offers.',
    { cause },
  );
}

function namesOf(parts: readonly string[]): string {
  const shown = parts.slice(0, 4).join(', ');
  return parts.length > 4 ? `${shown} and ${parts.length - 4} more` : shown;
}

function unreachable({ networkCode }: SeenFailure, tried: string, cause: Error): UserError {
  const why = networkCode === null ? 'GitHub could not be reached' : `GitHub could not be reached (${networkCode})`;
  return unavailable(why, tried, cause);
}

function unavailable(why: string, tried: string, cause: Error): UserError {
  return new UserError(
    'github_unavailable',
    `${why} on the attempt to ${tried}.`,
    'Try again; see https://www.githubstatus.com and GITHUB_API_URL.',
    {
      cause,
    },
  );
}

function networkCodeOf(error: Error): string | null {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return cause.name;
  }
  return null;
}

const valueAt = (holder: unknown, key: string): unknown =>
  typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;

function objectAt(holder: unknown, key: string): Record<string, unknown> | null {
  const value = valueAt(holder, key);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
