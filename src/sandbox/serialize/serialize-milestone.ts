import type { MilestoneRecord, RepositoryRecord, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** A milestone with its counts of open and closed items; created by the repository's owner. */
export function serializeMilestone(
  world: World,
  repository: RepositoryRecord,
  milestone: MilestoneRecord,
  baseUrl: string,
) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const items = [...repository.issues.values(), ...repository.pullRequests.values()].filter(
    (item) => item.milestone === milestone.number,
  );
  const open = items.filter((item) => item.state === 'open').length;
  return {
    url: `${api}/milestones/${milestone.number}`,
    html_url: `${html}/milestone/${milestone.number}`,
    labels_url: `${api}/milestones/${milestone.number}/labels`,
    id: milestone.id,
    node_id: milestone.nodeId,
    number: milestone.number,
    title: milestone.title,
    description: null,
    creator: serializeUser(world, repository.owner, baseUrl),
    open_issues: open,
    closed_issues: items.length - open,
    state: milestone.state,
    created_at: milestone.createdAt,
    updated_at: milestone.createdAt,
    due_on: milestone.dueOn,
    closed_at: milestone.state === 'closed' ? milestone.createdAt : null,
  };
}

/** An item's milestone, or null when it has none. */
export function serializeMilestoneOf(
  world: World,
  repository: RepositoryRecord,
  number: number | null,
  baseUrl: string,
) {
  const milestone = number === null ? undefined : repository.milestones.get(number);
  return milestone === undefined ? null : serializeMilestone(world, repository, milestone, baseUrl);
}
