import { gitIdOf } from '../git/git-objects.ts';
import type { RepositoryRecord } from '../world.ts';
import { repositoryUrls } from './urls.ts';

/** A text file as the contents API shows it, base64 in lines of 60 characters. */
export function serializeContent(
  repository: RepositoryRecord,
  file: { readonly path: string; readonly text: string },
  place: { readonly ref: string; readonly baseUrl: string },
) {
  const content = Buffer.from(file.text).toString('base64').replace(/.{60}/g, '$&\n');
  return {
    type: 'file',
    encoding: 'base64',
    content: `${content}\n`,
    ...contentLinks(repository, file, place),
  };
}

/** A directory's entry for a file: everything but the text. */
export function serializeContentEntry(
  repository: RepositoryRecord,
  file: { readonly path: string; readonly text: string },
  place: { readonly ref: string; readonly baseUrl: string },
) {
  return { type: 'file', ...contentLinks(repository, file, place) };
}

function contentLinks(
  repository: RepositoryRecord,
  file: { readonly path: string; readonly text: string },
  { ref, baseUrl }: { readonly ref: string; readonly baseUrl: string },
) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const sha = gitIdOf('blob', file.text);
  const url = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const page = `${html}/blob/${ref}/${path}`;
  const blob = `${api}/git/blobs/${sha}`;
  return {
    size: Buffer.byteLength(file.text),
    name: file.path.split('/').at(-1) ?? file.path,
    path: file.path,
    sha,
    url,
    git_url: blob,
    html_url: page,
    download_url: `${html}/raw/${ref}/${path}`,
    _links: { git: blob, self: url, html: page },
  };
}
