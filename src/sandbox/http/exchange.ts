import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { isAuthProblem, type Viewer } from '../access/viewer.ts';
import { viewerOf } from '../access/viewer-of.ts';
import { type Answer, refusal } from './answer.ts';
import type { Fault } from './faults.ts';
import { primaryRefusal, secondaryRefusal } from './limit-answers.ts';
import { type Budget, callerOf, type Resource } from './rate-limiter.ts';
import type { RequestEntry } from './request-log.ts';
import type { SandboxState } from './sandbox-state.ts';

type SandboxContext = Context<{ Bindings: HttpBindings }>;

/** One request as the routes describe it, before anybody asked who sends it. */
export interface Job {
  readonly operation: string | null;
  readonly kind: 'rest' | 'graphql';
  readonly resource: Resource;
  readonly isWrite: boolean;
  readonly createsContent: boolean;
  readonly unmodelled: boolean;
  /** Does the work; throws nothing that GitHub would answer. */
  readonly run: (viewer: Viewer, budget: Budget) => Promise<Result>;
}

export interface Result {
  readonly answer: Answer;
  /** What it takes from the hourly budget. */
  readonly cost: number;
  readonly nodes: number;
}

interface Outcome extends Omit<Result, 'answer'> {
  /** Null when the client gave up before the work was begun. */
  readonly answer: Answer | null;
  readonly budget: Budget | null;
  readonly viewer: Viewer | null;
}

const WRITE_POINTS = 5;

/**
 * The way of every request: faults asked for, credentials, limits, the work itself, entity tag, headers, log.
 * The order is GitHub's: bad credentials win over limits, limits over permissions.
 */
export async function exchange(state: SandboxState, context: SandboxContext, job: Job): Promise<Response> {
  const finish = state.log.begin();
  const { method } = context.req;
  const url = new URL(context.req.url);
  const path = `${url.pathname}${url.search}`;
  const record = (status: number, outcome: Partial<Outcome>) => finish(entryOf(job, { method, path, status, outcome }));
  const fault = state.faults.take({ method, path: withoutPrefix(url.pathname), operation: job.operation });
  if (fault?.kind === 'drop' && !fault.afterWrite) {
    record(0, {});
    return cutConnection(context);
  }
  const patience = AbortSignal.any([state.closing, context.req.raw.signal]);
  const outcome = await decide(state, context.req.header('authorization'), { job, fault, patience });
  if (fault?.kind === 'drop' || outcome.answer === null) {
    record(0, outcome);
    return cutConnection(context);
  }
  const sent = withEntityTag(context, outcome.answer);
  const budget = charge(state, outcome, { job, isFree: sent.status === 304 });
  record(sent.status, sent.status === 304 ? { ...outcome, cost: 0 } : outcome);
  return toResponse(sent, budget);
}

interface Task {
  readonly job: Job;
  readonly fault: Fault | null;
  /** Ends when the client is gone or the sandbox closes. */
  readonly patience: AbortSignal;
}

async function decide(state: SandboxState, authorization: string | undefined, task: Task): Promise<Outcome> {
  const { job, fault, patience } = task;
  const nothing = { cost: 0, nodes: 0, budget: null, viewer: null };
  if (fault?.kind === 'fail') return { ...nothing, answer: serverError(fault.status) };
  if (fault?.kind === 'secondary') return { ...nothing, answer: secondaryRefusal(fault.retryAfterSeconds) };
  const viewer = await viewerOf(state.world, authorization, state.clock());
  if (isAuthProblem(viewer)) return { ...nothing, answer: refusal(401, viewer.message) };

  const caller = callerOf(viewer);
  const weight = { kind: job.kind, points: job.isWrite ? WRITE_POINTS : 1, createsContent: job.createsContent };
  const refused = state.limiter.admit(caller, job.resource, weight);
  if (refused?.limit === 'primary') {
    return { ...nothing, viewer, budget: refused.budget, answer: primaryRefusal(job.kind, viewer) };
  }
  const budget = state.limiter.budgetOf(caller, job.resource);
  if (refused) return { ...nothing, viewer, budget, answer: secondaryRefusal(refused.retryAfterSeconds) };
  try {
    if (fault?.kind === 'hang' && !(await outlasts(fault.ms, patience))) return { ...nothing, viewer, answer: null };
    return { ...(await job.run(viewer, budget)), viewer, budget };
  } catch (cause) {
    return { ...nothing, viewer, budget, answer: ownFailure(cause) };
  } finally {
    state.limiter.leave(caller);
  }
}

/** Whether the client waits that long. */
export function outlasts(ms: number, patience: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal: patience }).catch(() => false);
}

/** A bug of the sandbox, told apart from the 500s that are asked for. */
function ownFailure(cause: unknown): Answer {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return refusal(500, `The sandbox failed: ${text}`);
}

function serverError(status: number): Answer {
  return { status, body: { message: status === 503 ? 'Service unavailable' : 'Server Error' } };
}

function charge(state: SandboxState, outcome: Outcome, { job, isFree }: { job: Job; isFree: boolean }): Budget | null {
  if (outcome.viewer === null || outcome.budget === null) return null;
  if (isFree || outcome.cost === 0) return outcome.budget;
  return state.limiter.spend(callerOf(outcome.viewer), job.resource, outcome.cost);
}

/** Answers 304 without a body when the client already has this very answer. */
function withEntityTag(context: SandboxContext, answer: Answer): Answer {
  if (context.req.method !== 'GET' || answer.status !== 200) return answer;
  const tag = `W/"${createHash('sha256').update(JSON.stringify(answer.body)).digest('hex')}"`;
  const headers = { ...answer.headers, etag: tag, 'cache-control': 'private, max-age=60, s-maxage=60' };
  const known = (context.req.header('if-none-match') ?? '').split(',').map((one) => one.trim());
  return known.includes(tag) || known.includes(tag.slice(2))
    ? { status: 304, body: null, headers }
    : { ...answer, headers };
}

function toResponse(answer: Answer, budget: Budget | null): Response {
  const headers = new Headers({ 'x-github-media-type': 'github.v3; format=json', ...answer.headers });
  if (budget !== null) {
    for (const name of ['limit', 'remaining', 'used', 'reset', 'resource'] as const) {
      headers.set(`x-ratelimit-${name}`, String(budget[name]));
    }
  }
  if (answer.body === null) return new Response(null, { status: answer.status, headers });
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
}

/** Ends the request without an answer. */
export function cutConnection(context: SandboxContext): Response {
  context.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

interface Exchanged {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly outcome: Partial<Outcome>;
}

function entryOf(job: Job, { method, path, status, outcome }: Exchanged): RequestEntry {
  const restPoints = status === 304 || status === 0 ? 0 : job.isWrite ? WRITE_POINTS : 1;
  return {
    method,
    path,
    operation: job.operation,
    status,
    points: job.kind === 'graphql' ? (outcome.cost ?? 0) : restPoints,
    nodes: outcome.nodes ?? 0,
    isWrite: job.isWrite,
    unmodelled: job.unmodelled,
    login: outcome.viewer?.login ?? null,
  };
}

/** A path as at the root, without GitHub Enterprise Server's prefix. */
export function withoutPrefix(pathname: string): string {
  return pathname.replace(/^\/api\/v3(?=\/|$)/, '') || '/';
}
