import type { Access, Viewer } from '../access/viewer.ts';
import type { Answer } from '../http/answer.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { RepositoryRecord, Role, World } from '../world.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One REST operation of GitHub that the sandbox models. */
export interface RestRoute {
  readonly method: Method;
  /** As in `/repos/:owner/:repo/issues/:issue_number`. */
  readonly path: string;
  /** GitHub's operation id in its OpenAPI description. */
  readonly operation: string;
  readonly needs: Need;
  readonly answer: (call: RestCall) => Answer | Promise<Answer>;
}

/** Who may use an operation. */
export type Need = { readonly by: 'anyone' | 'user' | 'app' | 'installation' } | RepositoryNeed;

export interface RepositoryNeed {
  readonly by: 'repository';
  /** An installation needs one of these; where a path names an issue and `issues` is among them, that one. */
  readonly permissions: readonly string[];
  readonly access: Access;
  /** A person needs at least this role. */
  readonly role: Role;
  /** Some operations, like reporting checks, are for Apps only. */
  readonly appsOnly?: boolean;
}

export interface RestCall {
  readonly world: World;
  readonly viewer: Viewer;
  /** The sandbox's root, as the serializers want it. */
  readonly baseUrl: string;
  /** The request's own address, for links to other pages. */
  readonly url: URL;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: Date;
  readonly limiter: RateLimiter;
  readonly webhooks: WebhookSender | null;
}

/** A call on a repository that the viewer is known to see and to be allowed to use so. */
export interface RepositoryCall extends RestCall {
  readonly repository: RepositoryRecord;
  readonly repositoryKey: string;
  /** Who acts: a person, or an App's bot. */
  readonly actor: string;
}

/** Reading: one of the permissions for an installation, and for a person that they see the repository. */
export function reading(...permissions: readonly string[]): RepositoryNeed {
  return { by: 'repository', permissions, access: 'read', role: 'read' };
}

/** Writing: one of the permissions for an installation, at least the role for a person. */
export function writing(role: Role, ...permissions: readonly string[]): RepositoryNeed {
  return { by: 'repository', permissions, access: 'write', role };
}

type RouteLine = readonly [
  method: Method,
  path: string,
  operation: string,
  needs: RepositoryNeed,
  answer: (call: RepositoryCall) => Answer,
];

/** Turns a table of operations under `/repos/:owner/:repo` into routes. */
export function repositoryRoutes(...lines: readonly RouteLine[]): readonly RestRoute[] {
  return lines.map(([method, path, operation, needs, answer]) => ({
    method,
    path: `/repos/:owner/:repo${path}`,
    operation,
    needs,
    answer: (call) => answer(onRepository(call)),
  }));
}

function onRepository(call: RestCall): RepositoryCall {
  const repositoryKey = repositoryKeyOf(call.parameters);
  const repository = call.world.repositories.get(repositoryKey);
  if (!repository) throw new Error(`authorised a call on ${repositoryKey}, which does not exist`);
  return { ...call, repository, repositoryKey, actor: call.viewer.login ?? 'ghost' };
}

/** The key of the repository that a path names. */
export function repositoryKeyOf(parameters: Readonly<Record<string, string>>): string {
  return `${parameters.owner}/${parameters.repo}`.toLowerCase();
}
