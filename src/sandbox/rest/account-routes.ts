import { roleOf } from '../access/viewer.ts';
import { type Answer, notFound, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeRepository } from '../serialize/serialize-repository.ts';
import { serializeUser } from '../serialize/serialize-user.ts';
import type { RestCall, RestRoute } from './route.ts';

export const ACCOUNT_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/user', operation: 'users/get-authenticated', needs: { by: 'user' }, answer: getOwnAccount },
  {
    method: 'GET',
    path: '/user/repos',
    operation: 'repos/list-for-authenticated-user',
    needs: { by: 'user' },
    answer: listOwnRepositories,
  },
  {
    method: 'GET',
    path: '/users/:username',
    operation: 'users/get-by-username',
    needs: { by: 'anyone' },
    answer: (call) => showAccount(call, call.parameters.username),
  },
];

function getOwnAccount(call: RestCall): Answer {
  return showAccount(call, call.viewer.login ?? undefined);
}

function showAccount(call: RestCall, login: string | undefined): Answer {
  const account = call.world.accounts.get((login ?? '').toLowerCase());
  if (account === undefined) return notFound();
  const publicRepositories = [...call.world.repositories.values()].filter(
    ({ owner, visibility }) => owner === account.login && visibility === 'public',
  );
  return ok({
    ...serializeUser(call.world, account.login, call.baseUrl),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: publicRepositories.length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: FOUNDED,
    updated_at: FOUNDED,
  });
}

/** Accounts have no history of their own in the sandbox. */
const FOUNDED = '2020-01-01T00:00:00Z';

/** Repositories that the person owns or works in; public ones of others are not theirs. */
function listOwnRepositories(call: RestCall): Answer {
  const { world, viewer, url, baseUrl } = call;
  const login = viewer.login?.toLowerCase() ?? '';
  const own = [...world.repositories.values()].filter(
    ({ owner, collaborators, name }) =>
      owner.toLowerCase() === login ||
      [...collaborators.keys()].some((one) => one.toLowerCase() === login) ||
      (roleOf(world, login, `${owner}/${name}`) !== null &&
        world.repositories.get(`${owner}/${name}`.toLowerCase())?.visibility === 'internal'),
  );
  const byName = own.sort((one, other) => `${one.owner}/${one.name}`.localeCompare(`${other.owner}/${other.name}`));
  return pageOf(byName, url, (repository) => serializeRepository(world, repository, baseUrl));
}
