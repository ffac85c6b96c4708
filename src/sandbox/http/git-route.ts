import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { canSee, isAuthProblem, permits, type Viewer } from '../access/viewer.ts';
import { viewerOf } from '../access/viewer-of.ts';
import { findRepository } from '../find-record.ts';
import type { RepositoryRecord } from '../world.ts';
import { cutConnection, outlasts } from './exchange.ts';
import { askGitBackend } from './git-backend.ts';
import type { SandboxState } from './sandbox-state.ts';

const OPERATION = 'git-upload-pack';

/** The two addresses of git's smart HTTP protocol that a fetch needs: https://git-scm.com/docs/gitprotocol-http */
export const GIT_PATHS = [
  ['GET', '/:owner/:repository{[^/]+\\.git}/info/refs'],
  ['POST', '/:owner/:repository{[^/]+\\.git}/git-upload-pack'],
] as const;

interface Refusal {
  readonly status: number;
  /** git shows it to its user. */
  readonly text: string;
}

interface Served {
  readonly response: Response;
  readonly login: string | null;
}

/** Answers a fetch or clone through git itself. It takes nothing from the API's limits, as on GitHub. */
export async function answerGit(state: SandboxState, context: Context<{ Bindings: HttpBindings }>): Promise<Response> {
  const finish = state.log.begin();
  const { method } = context.req;
  const { pathname, search } = new URL(context.req.url);
  const record = (status: number, login: string | null) =>
    finish({
      ...{ method, path: pathname + search, operation: OPERATION, status, points: 0, nodes: 0 },
      ...{ isWrite: false, unmodelled: false, login },
    });
  const fault = state.faults.take({ method, path: pathname, operation: OPERATION });
  const patience = AbortSignal.any([state.closing, context.req.raw.signal]);
  if (fault?.kind === 'drop' || (fault?.kind === 'hang' && !(await outlasts(fault.ms, patience)))) {
    record(0, null);
    return cutConnection(context);
  }
  const { response, login } =
    fault === null || fault.kind === 'hang'
      ? await serve(state, context)
      : {
          response: refuse({ status: fault.kind === 'fail' ? fault.status : 429, text: 'Try again later.' }),
          login: null,
        };
  record(response.status, login);
  return response;
}

async function serve(state: SandboxState, context: Context<{ Bindings: HttpBindings }>): Promise<Served> {
  const { req } = context;
  const viewer = await viewerOf(state.world, tokenOf(req.header('authorization')), state.clock());
  if (isAuthProblem(viewer) || viewer.kind === 'app') {
    return { response: refuse({ status: 401, text: 'Invalid username or token.' }), login: null };
  }
  const { owner = '', repository: name = '' } = req.param();
  const repository = findRepository(state.world, `${owner}/${name.slice(0, -'.git'.length)}`);
  const { login } = viewer;
  const refused = refusalOf(state, viewer, { repository, service: req.query('service') ?? OPERATION });
  if (refused !== null || repository === null) return { response: refuse(refused ?? MISSING), login };
  const { root, name: folder } = await state.gitFolders.bringUp(repository);
  const body = new Uint8Array(await req.raw.arrayBuffer());
  const { pathname, search } = new URL(req.url);
  const path = `/${folder}/${pathname.split('/').slice(3).join('/')}`;
  const asked = { method: req.method, path, query: search.slice(1), headers: req.raw.headers, body };
  const answer = await askGitBackend(root, asked);
  const headers = answer.headers.map(([key, value]): [string, string] => [key, value]);
  return { response: new Response(new Uint8Array(answer.body), { status: answer.status, headers }), login };
}

const MISSING: Refusal = { status: 404, text: 'Repository not found.' };

/** Without credentials GitHub asks for some rather than tell what exists. */
function refusalOf(
  { world }: SandboxState,
  viewer: Viewer,
  { repository, service }: { readonly repository: RepositoryRecord | null; readonly service: string },
): Refusal | null {
  const key = repository === null ? '' : `${repository.owner}/${repository.name}`;
  const isKnown = canSee(world, viewer, key);
  if (viewer.kind === 'anonymous' && (!isKnown || service !== OPERATION)) {
    return { status: 401, text: 'Authentication required.' };
  }
  if (!isKnown) return MISSING;
  if (service !== OPERATION) return { status: 403, text: 'The sandbox takes no pushes.' };
  return permits(world, viewer, key, 'contents', 'read')
    ? null
    : { status: 403, text: 'Write access to repository not granted.' };
}

function refuse({ status, text }: Refusal): Response {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain', ...challenge } });
}

/** git sends a token as a password, whatever the name; some clients send it as the name. */
function tokenOf(authorization: string | undefined): string | undefined {
  const sent = /^basic\s+(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (sent === undefined) return authorization;
  const [name = '', ...password] = Buffer.from(sent, 'base64').toString().split(':');
  const token = password.join(':');
  return `token ${token === '' || token === 'x-oauth-basic' ? name : token}`;
}
