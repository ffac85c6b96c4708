import { nodeIdOf, register } from '../node-id.ts';
import type { TimelineRecord, World } from '../world.ts';
import type { Place } from './place.ts';

/** Ids of their own, so that stories with milestones and without them name everything else alike. */
const EVENT_IDS = 1_700_000_000;
const MOST_PER_ITEM = 1_000;

/** Writes into an item's timeline that it got a milestone or lost one, as GitHub does also for what is opened with one. */
export function noteMilestone(
  world: World,
  actor: string,
  { item, repository }: Place,
  { kind, title }: { readonly kind: 'milestoned_event' | 'demilestoned_event'; readonly title: string },
): void {
  const id = EVENT_IDS + item.id * MOST_PER_ITEM + item.timeline.length;
  const record: TimelineRecord = {
    ...{ id, nodeId: nodeIdOf('TimelineItem', id), kind, actor },
    ...{ subject: { milestone: title }, createdAt: world.now() },
  };
  item.timeline.push(record);
  register(world, { type: 'TimelineItem', repository, item, record });
}
