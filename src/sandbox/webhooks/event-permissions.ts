import { findItem } from '../find-record.ts';
import type { World, WorldEvent } from '../world.ts';

/**
 * The permissions of which an installation needs one (read is enough) to be told of an event; null means it is told in
 * any case. Source: "Webhook events and payloads" in GitHub's documentation.
 */
export function permissionsFor(world: World, event: WorldEvent): readonly string[] | null {
  if (event.name !== 'issue_comment') return PERMISSIONS[event.name] ?? null;
  const item = event.item === null ? null : findItem(world, event.item);
  return item?.kind === 'pull_request' ? ['issues', 'pull_requests'] : ['issues'];
}

/** Apps hear of their own installation without asking for it. */
export function isAlwaysSent(eventName: string): boolean {
  return eventName === 'installation' || eventName === 'installation_repositories';
}

const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  issues: ['issues'],
  sub_issues: ['issues'],
  issue_dependencies: ['issues'],
  pull_request: ['pull_requests'],
  pull_request_review: ['pull_requests'],
  check_run: ['checks'],
  check_suite: ['checks'],
  status: ['statuses'],
  push: ['contents'],
  merge_group: ['merge_queues'],
  repository: ['metadata'],
};
