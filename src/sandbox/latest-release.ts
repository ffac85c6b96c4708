import type { ReleaseRecord, RepositoryRecord } from './world.ts';

/** The newest release that is neither a draft nor a prerelease; null: there is none. */
export function latestOf({ releases }: RepositoryRecord): ReleaseRecord | null {
  const shown = releases.filter(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease);
  return shown.reduce<ReleaseRecord | null>(
    (latest, one) => (latest === null || one.createdAt >= latest.createdAt ? one : latest),
    null,
  );
}
