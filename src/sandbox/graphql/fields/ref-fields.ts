import { hasRole } from '../../access/viewer.ts';
import type { RepositoryRecord } from '../../world.ts';
import { connect } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { type GraphqlContext, keyOf, requireRead, visibleRepository } from '../graphql-context.ts';
import { listPullRequests, type PullRequestsArguments } from '../item-lists.ts';
import { commitSource, type RefSource, type RefUpdateRuleSource, refSource, type Source } from '../source.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';

export const refFields: FieldTable<RefSource> = {
  id: ({ repository, kind, name }) =>
    syntheticNodeId('REF', `${repository.id}:${kind === 'tag' ? 'tags/' : ''}${name}`),
  name: ({ name }) => name,
  prefix: ({ kind }) => (kind === 'tag' ? 'refs/tags/' : 'refs/heads/'),
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  target: ({ repository, kind, name }) =>
    commitSource(repository, (kind === 'tag' ? repository.tags : repository.branches).get(name) ?? null),
  /** What is enforced on the viewer. */
  refUpdateRule: ({ repository, kind, name }, _args, context) => {
    const rules = kind === 'tag' ? undefined : repository.rules.get(name);
    if (!rules?.isProtection || (!rules.bindsAdministrators && isAdministrator(context, repository))) return null;
    return { type: 'RefUpdateRule', branch: name, rules };
  },
  associatedPullRequests: ({ repository, kind, name }, args: PullRequestsArguments, context) => {
    requireRead(context, repository, 'pull_requests');
    if (kind === 'tag') return connect([], args);
    return listPullRequests(repository, { ...args, headRefName: args.headRefName ?? name });
  },
};

const isAdministrator = ({ world, viewer: { kind, login } }: GraphqlContext, repository: RepositoryRecord): boolean =>
  kind === 'user' && login !== null && hasRole(world, login, keyOf(repository), 'admin');

export const refUpdateRuleFields: FieldTable<RefUpdateRuleSource> = {
  pattern: ({ branch }) => branch,
  requiresLinearHistory: ({ rules }) => rules.isLinear ?? false,
  requiredApprovingReviewCount: ({ rules }) => rules.approvals,
  requiredStatusCheckContexts: ({ rules }) => rules.checks,
};

/** A branch linked to an issue; its `ref` is null once the branch is deleted. */
export const linkedBranchFields: FieldTable<Source<'LinkedBranch'>> = {
  id: ({ record }) => record.nodeId,
  ref: ({ record }, _args, context) => refSource(visibleRepository(context, record.repository), record.name),
};
