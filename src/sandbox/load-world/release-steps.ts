import { createRelease, createTag } from '../actions/release.ts';
import type { RepositoryRecord } from '../world.ts';
import { usualAuthor } from './issue-steps.ts';
import { resolveTime } from './relative-time.ts';
import { planAt, requireLogin, type Story } from './story.ts';
import type { RepositoryEntry } from './world-file-schema.ts';

interface NamedRepository {
  readonly name: string;
  readonly entry: RepositoryEntry;
  readonly record: RepositoryRecord;
}

/** Plans tags and releases; each marks what its branch has when everything else of that moment has happened. */
export function planReleases(story: Story, { name: repository, entry, record }: NamedRepository): void {
  const { world, now } = story;
  const path = ['repositories', repository];
  for (const [name, given] of Object.entries(entry.tags)) {
    const { at, branch } = typeof given === 'string' ? { at: given, branch: undefined } : given;
    const run = () => void createTag(world, { repository, name, branch });
    planAt(story, [...path, 'tags', name], { at: resolveTime(at, now), rank: 'mark', run });
  }
  for (const [index, release] of entry.releases.entries()) {
    const place = [...path, 'releases', index];
    const { tag, branch, body, draft: isDraft, prerelease: isPrerelease } = release;
    const by = requireLogin(story, place, release.by ?? usualAuthor(record));
    const making = { repository, tag, branch, name: release.name ?? null, body, isDraft, isPrerelease };
    const run = () => void createRelease(world, by, making);
    planAt(story, place, { at: resolveTime(release.at, now), rank: 'mark', run });
  }
}
