import { findItem, findRepository, isSameItem } from '../find-record.ts';
import type { World } from '../world.ts';
import { type Place, placeIn } from './place.ts';
import { readReferences } from './read-references.ts';
import { addTimelineEntry } from './timeline.ts';

/** Writes a cross reference into the timeline of every item that the text mentions, once per source, as GitHub does. */
export function noteReferences(world: World, actor: string, source: Place, text: string): void {
  if (!text.includes('#') && !text.includes('://')) return;
  for (const reference of readReferences(text, source.key.repository)) {
    const repository = findRepository(world, reference.item.repository);
    const item = findItem(world, reference.item);
    if (repository === null || item === null || item === source.item) continue;
    const isNoted = item.timeline.some(
      ({ kind, subject }) =>
        kind === 'cross_referenced_event' && subject.item !== undefined && isSameItem(subject.item, source.key),
    );
    if (isNoted) continue;
    addTimelineEntry(world, placeIn(repository, item), {
      kind: 'cross_referenced_event',
      actor,
      subject: { item: source.key },
      willClose: reference.closes && willCloseOnMerge(source),
    });
  }
}

function willCloseOnMerge({ repository, item }: Place): boolean {
  return item.kind === 'pull_request' && item.baseRefName === repository.defaultBranch;
}
