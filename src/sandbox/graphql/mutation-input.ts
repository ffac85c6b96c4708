import type { RepositoryRecord } from '../world.ts';
import { issueTypeId } from './fields/issue-type-fields.ts';
import { findNode } from './find-node.ts';
import { GithubError } from './github-error.ts';
import { type GraphqlContext, visibleRepository } from './graphql-context.ts';
import type { IssueSource, ItemSource, Source } from './source.ts';

/** The issue that an input's node id names; NOT_FOUND for anything else. */
export function issueBehind(context: GraphqlContext, id: string): IssueSource {
  const node = findNode(context, id);
  return node.type === 'Issue' ? node : wrongType(id, 'Issue');
}

export function itemBehind(context: GraphqlContext, id: string): ItemSource {
  const node = findNode(context, id);
  return node.type === 'Issue' || node.type === 'PullRequest' ? node : wrongType(id, 'Issue or PullRequest');
}

export function commentBehind(context: GraphqlContext, id: string): Source<'IssueComment'> {
  const node = findNode(context, id);
  return node.type === 'IssueComment' ? node : wrongType(id, 'IssueComment');
}

export function repositoryBehind(context: GraphqlContext, id: string): RepositoryRecord {
  const node = findNode(context, id);
  return node.type === 'Repository' ? node.record : wrongType(id, 'Repository');
}

/** The issue behind a page's address, whatever host it names. */
export function issueByUrl(context: GraphqlContext, url: string): IssueSource {
  const [, key = '', number = ''] = /([^/]+\/[^/]+)\/issues\/(\d+)\/?$/.exec(url) ?? [];
  const repository = visibleRepository(context, key);
  const record = repository?.issues.get(Number(number));
  if (repository === null || record === undefined) {
    throw new GithubError('NOT_FOUND', `Could not resolve to an Issue with the URL '${url}'.`);
  }
  return { type: 'Issue', repository, record };
}

export function labelNames(context: GraphqlContext, ids: readonly string[] | null | undefined): readonly string[] {
  return (ids ?? []).map((id) => {
    const node = findNode(context, id);
    return node.type === 'Label' ? node.record.name : wrongType(id, 'Label');
  });
}

export function loginsOf(context: GraphqlContext, ids: readonly string[] | null | undefined): readonly string[] {
  return (ids ?? []).map((id) => {
    const node = findNode(context, id);
    return node.type === 'User' || node.type === 'Bot' ? node.record.login : wrongType(id, 'User');
  });
}

export function milestoneNumber(context: GraphqlContext, id: string | null | undefined): number | null {
  if (id == null) return null;
  const node = findNode(context, id);
  return node.type === 'Milestone' ? node.record.number : wrongType(id, 'Milestone');
}

export function issueTypeBehind(repository: RepositoryRecord, id: string | null | undefined): string | null {
  if (id == null) return null;
  const name = [...repository.issueTypes].find((type) => issueTypeId(repository, type) === id);
  return name ?? wrongType(id, 'IssueType');
}

function wrongType(id: string, type: string): never {
  throw new GithubError('NOT_FOUND', `Could not resolve to ${type} node with the global id of '${id}'.`);
}
