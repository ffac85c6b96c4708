import { findItem, findRepository } from '../find-record.ts';
import { serializeAnyIssue, serializeIssue } from '../serialize/serialize-issue.ts';
import type { ItemKey, World } from '../world.ts';
import type { JsonObject } from './json.ts';

/** An issue (or a pull request as one) as deliveries show it: without `closed_by`, which only REST answers. */
export function serializeIssueForWebhook(world: World, key: ItemKey, baseUrl: string): JsonObject | null {
  const repository = findRepository(world, key.repository);
  const item = findItem(world, key);
  if (repository === null || item === null) return null;
  if (item.kind === 'pull_request') return serializeAnyIssue(world, repository, item, baseUrl);
  const { closed_by, ...issue } = serializeIssue(world, repository, item, baseUrl);
  return issue;
}
