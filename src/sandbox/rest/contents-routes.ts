import { createHash } from 'node:crypto';
import { putFile } from '../actions/push-commits.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, notFound, ok } from '../http/answer.ts';
import { serializeCommit } from '../serialize/serialize-commit.ts';
import { serializeContent, serializeContentEntry } from '../serialize/serialize-content.ts';
import { repositoryUrls } from '../serialize/urls.ts';
import type { RepositoryRecord } from '../world.ts';
import { optionalText, requireText } from './body-fields.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';

const WRITING = writing('write', 'contents');

/** Files of the default branch; other branches carry no text in the sandbox and answer 404. */
export const CONTENTS_ROUTES = repositoryRoutes(
  ['GET', '/contents', 'repos/get-content', reading('contents'), getContent],
  ['GET', '/contents/:path{.+}', 'repos/get-content', reading('contents'), getContent],
  ['PUT', '/contents/:path{.+}', 'repos/create-or-update-file-contents', WRITING, writeFile],
  ['DELETE', '/contents/:path{.+}', 'repos/delete-file', WRITING, removeFile],
);

function getContent(call: RepositoryCall): Answer {
  const { repository, query } = call;
  const path = pathOf(call);
  const ref = query.get('ref');
  if (!isDefaultBranch(repository, ref)) return notFound();
  const text = repository.files.get(path);
  const place = { ref: repository.defaultBranch, baseUrl: call.baseUrl };
  if (text !== undefined) return ok(serializeContent(repository, { path, text }, place));
  const entries = entriesOf(call, path);
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
  if (sha !== blobSha(existing)) throw new WorldRefusal(409, `${path} does not match ${sha}`);
}

function checkBranch({ repository, body }: RepositoryCall): void {
  const branch = optionalText(body, 'branch');
  if (branch === undefined || branch === repository.defaultBranch) return;
  throw new WorldRefusal(404, `Branch ${branch} not found`);
}

/** The files and folders right below a folder, by name. */
function entriesOf(call: RepositoryCall, folder: string) {
  const { repository, baseUrl } = call;
  const prefix = folder === '' ? '' : `${folder}/`;
  const folders = new Set<string>();
  const files: { readonly name: string }[] = [];
  for (const [path, text] of repository.files) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...rest] = path.slice(prefix.length).split('/');
    if (rest.length > 0) folders.add(prefix + name);
    else files.push(serializeContentEntry(repository, { path, text }, { ref: repository.defaultBranch, baseUrl }));
  }
  const all = [...files, ...[...folders].map((path) => folderEntry(call, path))];
  return all.sort((one, other) => one.name.localeCompare(other.name));
}

function folderEntry({ repository, baseUrl }: RepositoryCall, path: string) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const sha = blobSha(path);
  const url = `${api}/contents/${encodeURI(path)}?ref=${repository.defaultBranch}`;
  const page = `${html}/tree/${repository.defaultBranch}/${encodeURI(path)}`;
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

/** The name that git gives a blob of this text. */
function blobSha(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

function pathOf({ parameters }: RepositoryCall): string {
  return (parameters.path ?? '').replace(/^\/+|\/+$/g, '');
}

function isDefaultBranch({ defaultBranch, branches }: RepositoryRecord, ref: string | null): boolean {
  if (ref === null || ref === '') return true;
  return [defaultBranch, `refs/heads/${defaultBranch}`, 'HEAD', branches.get(defaultBranch)].includes(ref);
}
