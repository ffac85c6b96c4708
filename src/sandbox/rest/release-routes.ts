import { permits } from '../access/viewer.ts';
import { type Answer, notFound, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { latestOf } from '../latest-release.ts';
import { serializeRelease, serializeTag } from '../serialize/serialize-release.ts';
import type { ReleaseRecord } from '../world.ts';
import { type RepositoryCall, reading, repositoryRoutes } from './route.ts';

const READING = reading('contents');

export const RELEASE_ROUTES = repositoryRoutes(
  ['GET', '/tags', 'repos/list-tags', READING, listTags],
  ['GET', '/releases', 'repos/list-releases', READING, listReleases],
  ['GET', '/releases/latest', 'repos/get-latest-release', READING, getLatestRelease],
  ['GET', '/releases/tags/:tag{.+}', 'repos/get-release-by-tag', READING, getReleaseByTag],
);

/** By name, the highest first, as GitHub lists them. */
function listTags({ repository, url, baseUrl }: RepositoryCall): Answer {
  const tags = [...repository.tags].map(([name, sha]) => ({ name, sha }));
  const byName = tags.sort((one, other) => (one.name < other.name ? 1 : -1));
  return pageOf(byName, url, (tag) => serializeTag(repository, tag, baseUrl));
}

/** The newest first; drafts only for those who could publish them. */
function listReleases(call: RepositoryCall): Answer {
  const { world, viewer, repository, repositoryKey, url } = call;
  const seesDrafts = permits(world, viewer, repositoryKey, 'contents', 'write');
  const shown = repository.releases.filter(({ isDraft }) => seesDrafts || !isDraft).toReversed();
  return pageOf(shown, url, (release) => show(call, release));
}

function getLatestRelease(call: RepositoryCall): Answer {
  const latest = latestOf(call.repository);
  return latest === null ? notFound() : ok(show(call, latest));
}

function getReleaseByTag(call: RepositoryCall): Answer {
  const found = call.repository.releases.find(({ tag, isDraft }) => tag === call.parameters.tag && !isDraft);
  return found === undefined ? notFound() : ok(show(call, found));
}

function show({ world, repository, baseUrl }: RepositoryCall, release: ReleaseRecord) {
  return serializeRelease(world, repository, release, baseUrl);
}
