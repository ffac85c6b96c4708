import type { ReleaseRecord, RepositoryRecord, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** A release as REST shows it; the sandbox keeps no assets. */
export function serializeRelease(world: World, repository: RepositoryRecord, release: ReleaseRecord, baseUrl: string) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const { tag } = release;
  const url = `${api}/releases/${release.id}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${html}/releases/tag/${tag}`,
    id: release.id,
    node_id: release.nodeId,
    author: serializeUser(world, release.author, baseUrl),
    tag_name: tag,
    target_commitish: repository.defaultBranch,
    name: release.name,
    body: release.body,
    draft: release.isDraft,
    prerelease: release.isPrerelease,
    created_at: release.createdAt,
    published_at: release.publishedAt,
    assets: [],
    tarball_url: release.isDraft ? null : `${api}/tarball/${tag}`,
    zipball_url: release.isDraft ? null : `${api}/zipball/${tag}`,
  };
}

/** A tag as lists show it. */
export function serializeTag(
  repository: RepositoryRecord,
  { name, sha }: { name: string; sha: string },
  baseUrl: string,
) {
  const { api } = repositoryUrls(repository, baseUrl);
  return {
    name,
    zipball_url: `${api}/zipball/refs/tags/${name}`,
    tarball_url: `${api}/tarball/refs/tags/${name}`,
    commit: { sha, url: `${api}/commits/${sha}` },
    node_id: `REF_${repository.id}_tags/${name}`,
  };
}
