import { newIds, register } from '../node-id.ts';
import type { TimelineRecord, World } from '../world.ts';
import type { Place } from './place.ts';

export interface NewTimelineEntry {
  readonly kind: TimelineRecord['kind'];
  readonly actor: string;
  readonly subject?: TimelineRecord['subject'];
  readonly willClose?: boolean;
}

/** Writes an entry at the end of an item's timeline. */
export function addTimelineEntry(world: World, place: Place, entry: NewTimelineEntry): TimelineRecord {
  const record: TimelineRecord = {
    ...newIds(world, 'TimelineItem'),
    ...entry,
    subject: entry.subject ?? {},
    createdAt: world.now(),
  };
  place.item.timeline.push(record);
  register(world, { type: 'TimelineItem', repository: place.repository, item: place.item, record });
  return record;
}
