import { canSee } from '../access/viewer.ts';
import { findItem, findRepository } from '../find-record.ts';
import type { Answer } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeComment } from '../serialize/serialize-comment.ts';
import { serializeTimelineEntry } from '../serialize/serialize-timeline.ts';
import type { CommentRecord, TimelineRecord } from '../world.ts';
import { type RepositoryCall, reading, repositoryRoutes } from './route.ts';
import { type Item, requireItemOf, showIssue } from './show-issue.ts';

export const TIMELINE_ROUTES = repositoryRoutes([
  'GET',
  '/issues/:issue_number/timeline',
  'issues/list-events-for-timeline',
  reading('issues', 'pull_requests'),
  listTimeline,
]);

type Entry = { readonly at: string; readonly id: number } & (
  | { readonly comment: CommentRecord }
  | { readonly event: TimelineRecord }
);

/** Events and comments in the order in which they happened; what points at hidden repositories is left out. */
function listTimeline(call: RepositoryCall): Answer {
  const item = requireItemOf(call);
  const events = item.timeline.filter((event) => isVisible(call, event));
  const entries: readonly Entry[] = [
    ...item.comments.map((comment) => ({ at: comment.createdAt, id: comment.id, comment })),
    ...events.map((event) => ({ at: event.createdAt, id: event.id, event })),
  ];
  const ordered = [...entries].sort((one, other) => one.at.localeCompare(other.at) || one.id - other.id);
  return pageOf(ordered, call.url, (entry) =>
    'comment' in entry ? showComment(call, item, entry.comment) : showEvent(call, entry.event),
  );
}

/** A cross reference also needs its source to be still there. */
function isVisible({ world, viewer }: RepositoryCall, { kind, subject }: TimelineRecord): boolean {
  if (subject.item === undefined) return true;
  if (!canSee(world, viewer, subject.item.repository)) return false;
  return kind !== 'cross_referenced_event' || findItem(world, subject.item) !== null;
}

function showComment({ world, repository, baseUrl }: RepositoryCall, item: Item, comment: CommentRecord) {
  const json = serializeComment(world, { repository, item }, comment, baseUrl);
  return { ...json, event: 'commented', actor: json.user };
}

function showEvent(call: RepositoryCall, event: TimelineRecord) {
  const json = serializeTimelineEntry(call.world, call.repository, event, call.baseUrl);
  const source = event.subject.item;
  if (event.kind !== 'cross_referenced_event' || source === undefined) return json;
  const repository = findRepository(call.world, source.repository);
  const item = findItem(call.world, source);
  if (repository === null || item === null) return json;
  return { ...json, source: { type: 'issue', issue: showIssue(call, repository, item) } };
}
