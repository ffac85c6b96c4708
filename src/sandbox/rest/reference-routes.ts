import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, created, notFound, ok } from '../http/answer.ts';
import { repositoryUrls } from '../serialize/urls.ts';
import { requireText } from './body-fields.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';

/** Branches and tags by their full names; tags are lightweight ones. */
export const REFERENCE_ROUTES = repositoryRoutes(
  ['GET', '/git/ref/:ref{.+}', 'git/get-ref', reading('contents'), getReference],
  ['GET', '/git/matching-refs/:ref{.+}', 'git/list-matching-refs', reading('contents'), listMatchingReferences],
  ['POST', '/git/refs', 'git/create-ref', writing('write', 'contents'), createReference],
);

function getReference(call: RepositoryCall): Answer {
  const wanted = call.parameters.ref ?? '';
  const found = referencesOf(call).find(({ name }) => name === wanted);
  return found === undefined ? notFound() : ok(showReference(call, found));
}

/** All whose names begin so, by name; not in pages. */
function listMatchingReferences(call: RepositoryCall): Answer {
  const found = referencesOf(call).filter(({ name }) => name.startsWith(call.parameters.ref ?? ''));
  return ok(found.map((one) => showReference(call, one)));
}

interface Reference {
  /** Without `refs/`. */
  readonly name: string;
  readonly sha: string;
}

function referencesOf({ repository }: RepositoryCall): readonly Reference[] {
  return [
    ...[...repository.branches].map(([name, sha]) => ({ name: `heads/${name}`, sha })),
    ...[...repository.tags].map(([name, sha]) => ({ name: `tags/${name}`, sha })),
  ].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function createReference(call: RepositoryCall): Answer {
  const { repository, body } = call;
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(requireText(body, 'ref')) ?? [];
  const sha = requireText(body, 'sha');
  if (kind === undefined || name === undefined) {
    throw new WorldRefusal(422, 'Reference name must start with refs/heads/ or refs/tags/.');
  }
  const kept = kind === 'tags' ? repository.tags : repository.branches;
  if (kept.has(name)) throw new WorldRefusal(422, 'Reference already exists');
  if (!repository.commits.has(sha)) throw new WorldRefusal(422, 'Object does not exist');
  kept.set(name, sha);
  return created(showReference(call, { name: `${kind}/${name}`, sha }));
}

function showReference({ repository, baseUrl }: RepositoryCall, { name, sha }: Reference) {
  const { api } = repositoryUrls(repository, baseUrl);
  return {
    ref: `refs/${name}`,
    node_id: `REF_${repository.id}_${name.replace(/^heads\//, '')}`,
    url: `${api}/git/refs/${name}`,
    object: { type: 'commit', sha, url: `${api}/git/commits/${sha}` },
  };
}
