import { findByNodeId } from '../create-world.ts';
import type { WorldNode } from '../world.ts';
import { canSeeIssueField } from './fields/issue-field-fields.ts';
import { GithubError } from './github-error.ts';
import { canSeeRepository, type GraphqlContext, type ReadPermission, requireRead } from './graphql-context.ts';
import { isVisibleEvent } from './timeline.ts';

/** The record behind a node id, or GitHub's NOT_FOUND when there is none that the viewer may see. */
export function findNode(context: GraphqlContext, id: string): WorldNode {
  const node = findByNodeId(context.world, id);
  if (node === null || !isVisible(context, node)) {
    throw new GithubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  }
  const permission = permissionFor(node);
  if ('repository' in node && permission !== null) requireRead(context, node.repository, permission);
  return node;
}

function isVisible(context: GraphqlContext, node: WorldNode): boolean {
  if (node.type === 'Repository') return canSeeRepository(context, node.record);
  if (node.type === 'IssueField') return canSeeIssueField(context, node.record);
  if (node.type === 'IssueFieldValue' && !canSeeIssueField(context, node.record.field)) return false;
  if (node.type === 'TimelineItem' && !isVisibleEvent(node.record, context)) return false;
  return !('repository' in node) || canSeeRepository(context, node.repository);
}

function permissionFor(node: WorldNode): ReadPermission | null {
  if (node.type === 'Issue') return 'issues';
  if (node.type === 'PullRequest') return 'pull_requests';
  if (node.type === 'Commit' || node.type === 'Release') return 'contents';
  if (node.type === 'CheckRun') return 'checks';
  if (node.type === 'WorkflowRun') return 'actions';
  if (node.type === 'StatusContext') return 'statuses';
  if (!('item' in node)) return null;
  return node.item.kind === 'issue' ? 'issues' : 'pull_requests';
}
