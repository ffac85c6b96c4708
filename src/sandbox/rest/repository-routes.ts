import { roleOf } from '../access/viewer.ts';
import { type Answer, notFound, ok } from '../http/answer.ts';
import { serializeMergeMethods } from '../merge-methods.ts';
import { permissionFlags, serializePermission } from '../serialize/serialize-permission.ts';
import { serializeFullRepository } from '../serialize/serialize-repository.ts';
import { type RepositoryCall, reading, repositoryRoutes } from './route.ts';

export const REPOSITORY_ROUTES = repositoryRoutes(
  ['GET', '', 'repos/get', reading('metadata'), getRepository],
  [
    'GET',
    '/collaborators/:username/permission',
    'repos/get-collaborator-permission-level',
    { ...reading('metadata'), role: 'write' },
    getPermission,
  ],
);

function getRepository({ world, viewer, repository, repositoryKey, baseUrl }: RepositoryCall): Answer {
  const role = viewer.kind === 'user' && viewer.login !== null ? roleOf(world, viewer.login, repositoryKey) : null;
  const flags = permissionFlags(role);
  return ok({
    ...serializeFullRepository(world, repository, baseUrl),
    ...(viewer.kind === 'user' ? { permissions: flags } : {}),
    ...(flags.push ? serializeMergeMethods(repository) : {}),
  });
}

/** Anyone who may push, and Apps, learn what somebody else may do; an unknown login answers 404. */
function getPermission({ world, repositoryKey, parameters, baseUrl }: RepositoryCall): Answer {
  const account = world.accounts.get((parameters.username ?? '').toLowerCase());
  if (account === undefined) return notFound();
  return ok(serializePermission(world, account.login, roleOf(world, account.login, repositoryKey), baseUrl));
}
