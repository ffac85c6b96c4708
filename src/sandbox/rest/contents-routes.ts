import { putFile } from '../actions/push-commits.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Files, filesAt } from '../files-at.ts';
import { gitIdOf } from '../git/git-objects.ts';
import { treeOid } from '../graphql/git-object.ts';
import { type Answer, notFound, ok } from '../http/answer.ts';
import { serializeCommit } from '../serialize/serialize-commit.ts';
import { serializeContent, serializeContentEntry } from '../serialize/serialize-content.ts';
import { repositoryUrls } from '../serialize/urls.ts';
import type { RepositoryRecord } from '../world.ts';
import { optionalText, requireText } from './body-fields.ts';
import { findCommit } from './find-commit.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';

const WRITING = writing('write', 'contents');

/** Files of any commit; they are written on the default branch alone. */
export const CONTENTS_ROUTES = repositoryRoutes(
  ['GET', '/contents', 'repos/get-content', reading('contents'), getContent],
  ['GET', '/contents/:path{.+}', 'repos/get-content', reading('contents'), getContent],
  ['PUT', '/contents/:path{.+}', 'repos/create-or-update-file-contents', WRITING, writeFile],
  ['DELETE', '/contents/:path{.+}', 'repos/delete-file', WRITING, removeFile],
);

function getContent(call: RepositoryCall): Answer {
  const { repository, query } = call;
  const path = pathOf(call);
  const ref = query.get('ref') || repository.defaultBranch;
  const commit = findCommit(repository, ref);
  if (commit === null) return notFound();
  const files = filesAt(repository, commit.sha);
  const text = files.get(path);
  const place = { ref, baseUrl: call.baseUrl };
  if (text !== undefined) return ok(serializeContent(repository, { path, text }, place));
  const entries = entriesOf(repository, { ...place, files, folder: path });
  return entries.length === 0 && path !== '' ? notFound() : ok(entries);
}

function writeFile(call: RepositoryCall): Answer {
  const { world, repository, repositoryKey, actor, body } = call;
  const path = pathOf(call);
  const message = requireText(body, 'message');
  const text = decode(requireText(body, 'content'));
  const existing = repository.files.get(path);
  checkSha(path, existing, optionalText(body, 'sha'));
  checkBranch(call);
  const sha = putFile(world, actor, { repository: repositoryKey, path, text, message });
  const place = { ref: repository.defaultBranch, baseUrl: call.baseUrl };
  const content = serializeContentEntry(repository, { path, text }, place);
  return { status: existing === undefined ? 201 : 200, body: { content, commit: showCommit(call, sha) } };
}

function removeFile(call: RepositoryCall): Answer {
  const { world, repository, repositoryKey, actor, body } = call;
  const path = pathOf(call);
  const message = requireText(body, 'message');
  const existing = repository.files.get(path);
  if (existing === undefined) return notFound();
  checkSha(path, existing, requireText(body, 'sha'));
  checkBranch(call);
  const sha = putFile(world, actor, { repository: repositoryKey, path, text: null, message });
  return ok({ content: null, commit: showCommit(call, sha) });
}

function showCommit({ world, repository, baseUrl }: RepositoryCall, sha: string) {
  const commit = repository.commits.get(sha);
  if (commit === undefined) throw new Error(`the push left no commit ${sha}`);
  const { node_id, html_url, parents, commit: git } = serializeCommit(world, repository, commit, baseUrl);
  const { comment_count, ...signed } = git;
  return { sha, node_id, html_url, parents, ...signed };
}

/** A change has to name the blob that it replaces, so that nobody overwrites what they have not seen. */
function checkSha(path: string, existing: string | undefined, sha: string | undefined): void {
  if (existing === undefined) return;
  if (sha === undefined) throw new WorldRefusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (sha !== gitIdOf('blob', existing)) throw new WorldRefusal(409, `${path} does not match ${sha}`);
}

function checkBranch({ repository, body }: RepositoryCall): void {
  const branch = optionalText(body, 'branch');
  if (branch === undefined || branch === repository.defaultBranch) return;
  throw new WorldRefusal(404, `Branch ${branch} not found`);
}

interface Place {
  readonly files: Files;
  readonly ref: string;
  readonly baseUrl: string;
}

/** The files and folders right below a folder, by name. */
function entriesOf(repository: RepositoryRecord, place: Place & { readonly folder: string }) {
  const { files: all, folder } = place;
  const prefix = folder === '' ? '' : `${folder}/`;
  const folders = new Set<string>();
  const files: { readonly name: string }[] = [];
  for (const [path, text] of all) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...rest] = path.slice(prefix.length).split('/');
    if (rest.length > 0) folders.add(prefix + name);
    else files.push(serializeContentEntry(repository, { path, text }, place));
  }
  const entries = [...files, ...[...folders].map((path) => folderEntry(repository, path, place))];
  return entries.sort((one, other) => one.name.localeCompare(other.name));
}

function folderEntry(repository: RepositoryRecord, path: string, { files, ref, baseUrl }: Place) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const sha = treeOid({ type: 'Tree', repository, files, path });
  const url = `${api}/contents/${encodeURI(path)}?ref=${ref}`;
  const page = `${html}/tree/${ref}/${encodeURI(path)}`;
  const tree = `${api}/git/trees/${sha}`;
  return {
    type: 'dir',
    size: 0,
    name: path.split('/').at(-1) ?? path,
    path,
    sha,
    url,
    git_url: tree,
    html_url: page,
    download_url: null,
    _links: { git: tree, self: url, html: page },
  };
}

function decode(content: string): string {
  if (/[^A-Za-z0-9+/=\s]/.test(content)) throw new WorldRefusal(422, 'content is not valid Base64');
  return Buffer.from(content, 'base64').toString('utf8');
}

function pathOf({ parameters }: RepositoryCall): string {
  return (parameters.path ?? '').replace(/^\/+|\/+$/g, '');
}
