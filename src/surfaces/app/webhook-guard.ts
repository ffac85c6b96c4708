import { type IncomingMessage, ServerResponse } from 'node:http';
import { verify } from '@octokit/webhooks-methods';
import { LRUCache } from 'lru-cache';
import { FAILURES, type FailureCode } from '../../core/failure.ts';
import type { AppLog } from './app-log.ts';
import { createBodyReader, MAX_BYTES_BEING_READ, MAX_PAYLOAD_BYTES } from './read-limited-body.ts';

/** What Probot's `createNodeMiddleware` gives. */
type ProbotMiddleware = (request: IncomingMessage, response: ServerResponse, next?: () => void) => unknown;

export interface WebhookGuard {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** A redelivery of these is work to do, no repetition. */
  forget(deliveryIds: readonly string[]): void;
}

interface GuardOptions {
  readonly secret: string;
  readonly middleware: ProbotMiddleware;
  readonly log: AppLog;
  /** Names of events that the App reacts to; others are taken and go no further. */
  readonly events: readonly string[];
  readonly maxBytesBeingRead?: number;
}

/** Deliveries remembered; GitHub offers redelivery for three days. */
const REMEMBERED_DELIVERIES = 20_000;
const REMEMBERED_MS = 3 * 24 * 60 * 60 * 1000;
/** How long the rest of a refused body is thrown away before the connection is cut. */
const DISCARD_MS = 2000;

/**
 * Stands in front of Probot's middleware and lets through only what GitHub sent: at most 25 MiB of JSON, with a valid
 * signature, once. The request holds what is needed for that in memory and nothing of it is logged. Answers 202 as soon
 * as the event is taken; whatever goes wrong inside shows as "internal error" with the delivery's id.
 */
export function createWebhookGuard(options: GuardOptions): WebhookGuard {
  const { secret, middleware, log, events, maxBytesBeingRead = MAX_BYTES_BEING_READ } = options;
  const readBody = createBodyReader({ maxBytesBeingRead });
  const seen = new LRUCache<string, true>({ max: REMEMBERED_DELIVERIES, ttl: REMEMBERED_MS });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refuseByHeaders(request);
    if (refusal !== null) return refuse(request, response, refusal);
    const body = await readBody(request);
    if (body === 'aborted') return;
    if (typeof body === 'string') return refuse(request, response, REFUSED_BODIES[body]);
    const text = body.toString('utf8');
    if (!(await hasValidSignature(secret, text, header(request, 'x-hub-signature-256')))) {
      log('warn', 'refused a webhook whose signature does not fit the secret');
      return send(response, statusOf('signature_invalid'), { error: 'the signature does not fit' });
    }
    const id = header(request, 'x-github-delivery');
    if (seen.has(id)) return send(response, 202, { status: 'already handled', delivery: id });
    seen.set(id, true);
    const isKnown = events.includes(header(request, 'x-github-event'));
    const status = isKnown ? await passOn(middleware, request, text) : 202;
    if (status < 300) return send(response, 202, { status: 'accepted', delivery: id });
    seen.delete(id);
    if (status < 500) return send(response, statusOf('usage'), { error: 'not a webhook payload', delivery: id });
    log('error', 'a webhook could not be taken', { deliveryIds: [id] });
    send(response, statusOf('internal'), { error: 'internal error', delivery: id });
  };
  return {
    answer,
    forget: (deliveryIds) => {
      for (const id of deliveryIds) seen.delete(id);
    },
  };
}

interface Refusal {
  readonly status: number;
  readonly error: string;
}

const statusOf = (code: FailureCode): number => FAILURES[code].httpStatus;

const TOO_LARGE: Refusal = {
  status: statusOf('payload_too_large'),
  error: `a payload has at most ${MAX_PAYLOAD_BYTES} bytes`,
};

const REFUSED_BODIES: Readonly<Record<'too_large' | 'too_busy', Refusal>> = {
  too_large: TOO_LARGE,
  too_busy: { status: 503, error: 'too much is being sent at once' },
};

function refuseByHeaders(request: IncomingMessage): Refusal | null {
  if (request.method !== 'POST') return { status: 405, error: 'webhooks are sent with POST' };
  if (!/^application\/json\s*(;|$)/i.test(header(request, 'content-type'))) {
    return { status: 415, error: 'set the content type of the webhook to application/json' };
  }
  if (header(request, 'x-hub-signature-256') === '')
    return { status: statusOf('signature_invalid'), error: 'the signature is missing' };
  const missing = ['x-github-event', 'x-github-delivery'].filter((name) => header(request, name) === '');
  if (missing.length > 0) return { status: statusOf('usage'), error: `header missing: ${missing.join(', ')}` };
  return Number(header(request, 'content-length')) > MAX_PAYLOAD_BYTES ? TOO_LARGE : null;
}

async function hasValidSignature(secret: string, text: string, signature: string): Promise<boolean> {
  if (!/^sha256=[0-9a-f]{64}$/.test(signature)) return false;
  return verify(secret, text, signature);
}

/**
 * Gives Probot the request as it came, its body already read, and a response that leads nowhere, so that neither its
 * status nor its error text reaches the sender.
 */
async function passOn(middleware: ProbotMiddleware, request: IncomingMessage, body: string): Promise<number> {
  const unsent = new ServerResponse(request);
  await middleware(Object.assign(request, { body }), unsent, () => {
    unsent.statusCode = 404;
  });
  return unsent.statusCode;
}

/** The rest of a refused body is thrown away, so that the sender gets to read why; then the connection is cut. */
function refuse(request: IncomingMessage, response: ServerResponse, { status, error }: Refusal): void {
  response.setHeader('connection', 'close');
  request.resume();
  const cut = setTimeout(() => request.destroy(), DISCARD_MS);
  request.once('close', () => clearTimeout(cut));
  send(response, status, { error });
}

function send(response: ServerResponse, status: number, body: Readonly<Record<string, string>>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
