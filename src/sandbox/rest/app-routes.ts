import { issueInstallationToken, repositoriesOf } from '../access/issue-token.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, created, notFound, ok } from '../http/answer.ts';
import { isObject } from '../http/json-body.ts';
import { linkHeader, pageOf, readPage, slicePage } from '../http/pages.ts';
import { serializeApp } from '../serialize/serialize-app.ts';
import { serializeInstallation } from '../serialize/serialize-installation.ts';
import { serializeRepository } from '../serialize/serialize-repository.ts';
import type { AppRecord, InstallationRecord, Permissions } from '../world.ts';
import { optionalNames, optionalNumbers } from './body-fields.ts';
import { type RestCall, type RestRoute, repositoryKeyOf } from './route.ts';

const BY_APP = { by: 'app' } as const;

/** What an App does as itself, with its JWT, and the one list that only installation tokens may ask for. */
export const APP_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/app', operation: 'apps/get-authenticated', needs: BY_APP, answer: getApp },
  {
    method: 'GET',
    path: '/app/installations',
    operation: 'apps/list-installations',
    needs: BY_APP,
    answer: listInstallations,
  },
  {
    method: 'GET',
    path: '/app/installations/:installation_id',
    operation: 'apps/get-installation',
    needs: BY_APP,
    answer: (call) => showInstallation(call, (one) => one.id === Number(call.parameters.installation_id)),
  },
  {
    method: 'POST',
    path: '/app/installations/:installation_id/access_tokens',
    operation: 'apps/create-installation-access-token',
    needs: BY_APP,
    answer: createToken,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/installation',
    operation: 'apps/get-repo-installation',
    needs: BY_APP,
    answer: getRepositoryInstallation,
  },
  {
    method: 'GET',
    path: '/users/:username/installation',
    operation: 'apps/get-user-installation',
    needs: BY_APP,
    answer: (call) => showAccountInstallation(call, call.parameters.username),
  },
  {
    method: 'GET',
    path: '/orgs/:org/installation',
    operation: 'apps/get-org-installation',
    needs: BY_APP,
    answer: (call) => showAccountInstallation(call, call.parameters.org),
  },
  {
    method: 'GET',
    path: '/installation/repositories',
    operation: 'apps/list-repos-accessible-to-installation',
    needs: { by: 'installation' },
    answer: listInstallationRepositories,
  },
];

function getApp(call: RestCall): Answer {
  const app = requireApp(call);
  const installed = installationsOf(call).length;
  return ok({ ...serializeApp(call.world, app, call.baseUrl), installations_count: installed });
}

function listInstallations(call: RestCall): Answer {
  return pageOf(installationsOf(call), call.url, (one) => show(call, one));
}

function createToken(call: RestCall): Answer {
  const installation = installationsOf(call).find((one) => one.id === Number(call.parameters.installation_id));
  if (installation === undefined) return notFound();
  const issued = issueInstallationToken(call.world, {
    installation,
    repositoryNames: optionalNames(call.body, 'repositories'),
    repositoryIds: optionalNumbers(call.body, 'repository_ids'),
    permissions: readPermissions(call.body.permissions),
    now: call.now,
  });
  const isAll = issued.repositories === null && installation.repositories === 'all';
  return created({
    token: issued.token,
    expires_at: issued.expiresAt,
    permissions: issued.permissions,
    repository_selection: isAll ? 'all' : 'selected',
    ...(issued.repositories === null
      ? {}
      : { repositories: issued.repositories.map((one) => serializeRepository(call.world, one, call.baseUrl)) }),
  });
}

function readPermissions(value: unknown): Permissions | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw new WorldRefusal(422, "Invalid request.\n\nFor 'properties/permissions', not an object.");
  const permissions: Record<string, 'read' | 'write'> = {};
  for (const [name, access] of Object.entries(value)) {
    if (access !== 'read' && access !== 'write') {
      throw new WorldRefusal(422, `Invalid request.\n\n${JSON.stringify(access)} is not a level of "${name}".`);
    }
    permissions[name] = access;
  }
  return permissions;
}

function getRepositoryInstallation(call: RestCall): Answer {
  const repository = call.world.repositories.get(repositoryKeyOf(call.parameters));
  if (repository === undefined) return notFound();
  return showInstallation(call, (one) => repositoriesOf(call.world, one).includes(repository));
}

function showAccountInstallation(call: RestCall, login: string | undefined): Answer {
  return showInstallation(call, (one) => one.account.toLowerCase() === login?.toLowerCase());
}

function showInstallation(call: RestCall, fits: (installation: InstallationRecord) => boolean): Answer {
  const found = installationsOf(call).find(fits);
  return found === undefined ? notFound() : ok(show(call, found));
}

function show(call: RestCall, installation: InstallationRecord) {
  return serializeInstallation(call.world, installation, requireApp(call), call.baseUrl);
}

function listInstallationRepositories(call: RestCall): Answer {
  const installation = call.world.installations.get(call.viewer.installationId ?? -1);
  const narrowed = call.viewer.repositories;
  const reached = installation === undefined ? [] : repositoriesOf(call.world, installation);
  const repositories = reached.filter(({ owner, name }) => !narrowed || narrowed.has(`${owner}/${name}`.toLowerCase()));
  const page = readPage(call.query);
  const isAll = installation?.repositories === 'all' && !narrowed;
  return {
    ...ok({
      total_count: repositories.length,
      repository_selection: isAll ? 'all' : 'selected',
      repositories: slicePage(repositories, page).map((one) => serializeRepository(call.world, one, call.baseUrl)),
    }),
    headers: linkHeader(page, { url: call.url, total: repositories.length }),
  };
}

function installationsOf({ world, viewer }: RestCall): readonly InstallationRecord[] {
  return [...world.installations.values()].filter((one) => one.appId === viewer.appId);
}

function requireApp({ world, viewer }: RestCall): AppRecord {
  const app = world.apps.get(viewer.appId ?? -1);
  if (app === undefined) throw new WorldRefusal(404, 'Not Found');
  return app;
}
