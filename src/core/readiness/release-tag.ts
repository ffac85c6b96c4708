import prerelease from 'semver/functions/prerelease.js';

/**
 * Of tags, newest first, the one that stands for the latest release where nobody published any: as GitHub's own latest
 * release is no prerelease, the first that is no prerelease by semantic versioning; the newest where all are. Null: none.
 */
export const releaseTagOf = (newestFirst: readonly string[]): string | null =>
  newestFirst.find((tag) => !isPrerelease(tag)) ?? newestFirst[0] ?? null;

/** `v2.0.0-rc.1`, `harbor@2.0.0-beta`, `release-2.0.0-rc.1`. */
function isPrerelease(tag: string): boolean {
  const version = /\d+\.\d+\.\d+.*$/.exec(tag)?.[0];
  return version !== undefined && prerelease(version) !== null;
}
