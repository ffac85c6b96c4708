/**
 * The catalogue over HTTP: `POST /api/v1/operations/work.claim` takes the operation's input as JSON and answers with its
 * output; a failure is `{ "error": { code, message, hint } }` with the status of the failure table. Every request shows
 * the secret as its bearer token. Meant for the other processes of the same user on the same machine.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { FAILURES, UserError } from '../../core/failure.ts';
import { CATALOG, catalogEntry } from '../../operations/catalog.ts';
import type { OperationContext } from '../../operations/operation.ts';
import { type Caller, callerOfHeaders } from './caller.ts';
import { largestInputBytes } from './largest-input-bytes.ts';

interface ApiOptions {
  readonly secret: string;
  readonly contextFor: (caller: Caller) => OperationContext;
  /** Told of what is no `UserError`: the caller hears "internal error" only. */
  readonly onBug: (error: unknown) => void;
}

export const OPERATIONS_PATH = '/api/v1/operations';

export function operationsApi({ secret, contextFor, onBug }: ApiOptions): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    if (!isSecret(c.req.header('authorization'), secret)) throw unauthenticated();
    await next();
  });
  const maxSize = largestInputBytes(CATALOG);
  app.use(bodyLimit({ maxSize, onError: () => Promise.reject(tooLarge(maxSize)) }));
  app.post(`${OPERATIONS_PATH}/:name`, async (c) => {
    const entry = catalogEntry(c.req.param('name'));
    const input = await readJson(c);
    const output = await entry.run(contextFor(callerOfHeaders(c.req.raw.headers)), input);
    return c.json(output);
  });
  app.notFound((c) => answerFailure(c, unknownPath(c.req.path)));
  app.onError((error, c) => {
    if (!(error instanceof UserError)) onBug(error);
    return answerFailure(c, error instanceof UserError ? error : INTERNAL);
  });
  return app;
}

const INTERNAL = new UserError('internal', 'internal error', 'Look at what the server printed on stderr.');

function answerFailure(c: Context, { code, message, hint }: UserError): Response {
  const status: ContentfulStatusCode = FAILURES[code].httpStatus;
  return c.json({ error: { code, message, hint } }, status);
}

/** Of equal length and compared in the same time, whatever was sent. */
function isSecret(header: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${secret}`));
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('usage', 'The body is not JSON.', 'Send the input of the operation as a JSON object.', {
      cause,
    });
  }
}

const unauthenticated = (): UserError =>
  new UserError('unauthenticated', 'The secret is missing or wrong.', 'Send the one of the lock file as bearer token.');

const tooLarge = (maxSize: number): UserError =>
  new UserError('payload_too_large', 'The body is too large.', `At most ${maxSize} bytes are taken.`);

const unknownPath = (path: string): UserError =>
  new UserError('not_found', `There is nothing at ${path}.`, `POST to ${OPERATIONS_PATH}/NAME.`);
