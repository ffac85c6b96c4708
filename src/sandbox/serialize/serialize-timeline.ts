import { findItem, findRepository } from '../find-record.ts';
import type { ItemKey, RepositoryRecord, TimelineRecord, World } from '../world.ts';
import { serializeAnyIssue } from './serialize-issue.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** REST's word for a timeline entry: `assigned`, `cross-referenced` … */
function timelineEventName(kind: TimelineRecord['kind']): string {
  const name = kind.replace(/_event$/, '');
  return name === 'cross_referenced' ? 'cross-referenced' : name;
}

/**
 * A timeline entry as `GET …/timeline` shows it; null for a cross reference from something that is gone. The caller
 * leaves out sources that the viewer may not see.
 */
export function serializeTimelineEntry(
  world: World,
  repository: RepositoryRecord,
  entry: TimelineRecord,
  baseUrl: string,
) {
  const actor = serializeUser(world, entry.actor, baseUrl);
  if (entry.kind === 'cross_referenced_event') {
    const issue = serializeSource(world, entry.subject.item, baseUrl);
    if (issue === null) return null;
    const times = { created_at: entry.createdAt, updated_at: entry.createdAt };
    return { event: 'cross-referenced', actor, ...times, source: { type: 'issue', issue } };
  }
  const { api } = repositoryUrls(repository, baseUrl);
  const sha = entry.subject.sha ?? null;
  return {
    id: entry.id,
    node_id: entry.nodeId,
    url: `${api}/issues/events/${entry.id}`,
    actor,
    event: timelineEventName(entry.kind),
    commit_id: sha,
    commit_url: sha === null ? null : `${api}/commits/${sha}`,
    created_at: entry.createdAt,
    performed_via_github_app: null,
    ...subjectFields(world, repository, entry, baseUrl),
  };
}

function subjectFields(world: World, repository: RepositoryRecord, entry: TimelineRecord, baseUrl: string) {
  const { login, label, milestone } = entry.subject;
  if (milestone !== undefined) return { milestone: { title: milestone } };
  if (label !== undefined) {
    return { label: { name: label, color: repository.labels.get(label.toLowerCase())?.color ?? 'ededed' } };
  }
  if (login === undefined) return entry.kind === 'closed_event' ? { state_reason: null } : {};
  const user = serializeUser(world, login, baseUrl);
  if (entry.kind !== 'review_requested_event' && entry.kind !== 'review_request_removed_event')
    return { assignee: user };
  return { review_requester: serializeUser(world, entry.actor, baseUrl), requested_reviewer: user };
}

function serializeSource(world: World, key: ItemKey | undefined, baseUrl: string) {
  const repository = key === undefined ? null : findRepository(world, key.repository);
  const item = key === undefined ? null : findItem(world, key);
  if (repository === null || item === null) return null;
  return serializeAnyIssue(world, repository, item, baseUrl);
}
