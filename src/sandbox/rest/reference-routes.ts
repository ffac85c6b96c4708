import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, created, notFound, ok } from '../http/answer.ts';
import { repositoryUrls } from '../serialize/urls.ts';
import { requireText } from './body-fields.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';

/** Branches by their full names. The sandbox has no tags. */
export const REFERENCE_ROUTES = repositoryRoutes(
  ['GET', '/git/ref/:ref{.+}', 'git/get-ref', reading('contents'), getReference],
  ['POST', '/git/refs', 'git/create-ref', writing('write', 'contents'), createReference],
);

function getReference(call: RepositoryCall): Answer {
  const name = /^heads\/(.+)$/.exec(call.parameters.ref ?? '')?.[1];
  const sha = call.repository.branches.get(name ?? '');
  return name === undefined || sha === undefined ? notFound() : ok(showReference(call, name, sha));
}

function createReference(call: RepositoryCall): Answer {
  const { repository, body } = call;
  const name = /^refs\/heads\/(.+)$/.exec(requireText(body, 'ref'))?.[1];
  const sha = requireText(body, 'sha');
  if (name === undefined) throw new WorldRefusal(422, 'Reference name must start with refs/heads/.');
  if (repository.branches.has(name)) throw new WorldRefusal(422, 'Reference already exists');
  if (!repository.commits.has(sha)) throw new WorldRefusal(422, 'Object does not exist');
  repository.branches.set(name, sha);
  return created(showReference(call, name, sha));
}

function showReference({ repository, baseUrl }: RepositoryCall, name: string, sha: string) {
  const { api } = repositoryUrls(repository, baseUrl);
  return {
    ref: `refs/heads/${name}`,
    node_id: `REF_${repository.id}_${name}`,
    url: `${api}/git/refs/heads/${name}`,
    object: { type: 'commit', sha, url: `${api}/git/commits/${sha}` },
  };
}
