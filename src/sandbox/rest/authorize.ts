import { canSee, grants, hasRole, isInstalledOn, type Viewer } from '../access/viewer.ts';
import { type Answer, notFound, refusal } from '../http/answer.ts';
import { findByDatabaseId } from '../node-id.ts';
import type { RepositoryRecord, World } from '../world.ts';
import { type Need, type RepositoryNeed, repositoryKeyOf } from './route.ts';

const NOT_FOR_INTEGRATIONS = 'Resource not accessible by integration';

interface Attempt {
  readonly world: World;
  readonly viewer: Viewer;
  readonly parameters: Readonly<Record<string, string>>;
}

/** GitHub's refusal for a viewer who may not use the operation, or null when they may. */
export function findRefusal(attempt: Attempt, needs: Need): Answer | null {
  const { viewer } = attempt;
  switch (needs.by) {
    case 'anyone':
      return null;
    case 'app':
      return viewer.kind === 'app' ? null : refusal(401, 'A JSON web token could not be decoded');
    case 'installation':
      return viewer.kind === 'installation'
        ? null
        : refusal(
            403,
            'You must authenticate with an installation access token in order to list repositories for an installation.',
          );
    case 'user':
      if (viewer.kind === 'anonymous') return refusal(401, 'Requires authentication');
      return viewer.kind === 'user' ? null : refusal(403, NOT_FOR_INTEGRATIONS);
    case 'repository':
      return refuseOnRepository(attempt, needs);
  }
}

/** What exists but is hidden answers 404, so that nobody learns of it; only what is visible can be forbidden. */
function refuseOnRepository({ world, viewer, parameters }: Attempt, route: RepositoryNeed): Answer | null {
  const key = repositoryKeyOf(parameters);
  const repository = world.repositories.get(key);
  if (!repository || !canSee(world, viewer, key)) return notFound();
  const needs = isOnIssue({ world, repository, parameters }) ? forIssues(route) : route;
  switch (viewer.kind) {
    case 'anonymous':
      return needs.access === 'read' ? null : refusal(401, 'Requires authentication');
    case 'app':
      return forbidden(needs, NOT_FOR_INTEGRATIONS);
    case 'installation':
      return isAllowedInstallation({ world, viewer, repository }, needs)
        ? null
        : forbidden(needs, NOT_FOR_INTEGRATIONS);
    case 'user':
      return refusePerson({ world, viewer, repository }, needs);
  }
}

interface Place {
  readonly world: World;
  readonly repository: RepositoryRecord;
  readonly parameters: Attempt['parameters'];
}

/** Whether the path names an issue, or a comment on one, rather than a pull request. */
function isOnIssue({ world, repository, parameters }: Place): boolean {
  const { issue_number: number, comment_id: comment } = parameters;
  if (comment !== undefined) return findByDatabaseId(world, 'IssueComment', Number(comment))?.item.kind === 'issue';
  return number !== undefined && repository.issues.has(Number(number));
}

/** The issues API takes either permission for a pull request, but for an issue `issues` alone. */
function forIssues(needs: RepositoryNeed): RepositoryNeed {
  return needs.permissions.includes('issues') ? { ...needs, permissions: ['issues'] } : needs;
}

interface Visit {
  readonly world: World;
  readonly viewer: Viewer;
  readonly repository: RepositoryRecord;
}

function isAllowedInstallation({ world, viewer, repository }: Visit, needs: RepositoryNeed): boolean {
  if (!isInstalledOn(world, viewer, repository)) return needs.access === 'read';
  return isGranted(viewer, needs);
}

function refusePerson({ world, viewer, repository }: Visit, needs: RepositoryNeed): Answer | null {
  if (needs.appsOnly) return refusal(403, 'You must authenticate via a GitHub App.');
  if (!isGranted(viewer, needs)) return forbidden(needs, 'Resource not accessible by personal access token');
  const key = `${repository.owner}/${repository.name}`;
  if (viewer.login !== null && hasRole(world, viewer.login, key, needs.role)) return null;
  return refusal(403, 'Must have admin rights to Repository.');
}

function isGranted(viewer: Viewer, { permissions, access }: RepositoryNeed): boolean {
  return permissions.some((permission) => grants(viewer.permissions, permission, access));
}

/** A 403 with the header in which GitHub names the permissions that would do; `;` parts alternatives. */
function forbidden({ permissions, access }: RepositoryNeed, message: string): Answer {
  const accepted = permissions.map((permission) => `${permission}=${access}`).join('; ');
  return { ...refusal(403, message), headers: { 'x-accepted-github-permissions': accepted } };
}
