import type { Ref } from '../core/task/identity.ts';
import type { Connection, Maybe, PlaceNode } from './nodes.ts';

/** An issue as the queue asks for it. */
export interface IssueNode {
  readonly number: number;
  readonly state: 'OPEN' | 'CLOSED';
  readonly repository: PlaceNode;
  readonly blockedBy?: Maybe<Connection<IssueNode>>;
}

/** An open issue with the open issues that block it natively. */
export interface OpenTask {
  readonly ref: Ref;
  readonly blockers: readonly Ref[];
}

export const openTaskOf = (node: IssueNode): OpenTask => ({
  ref: refOf(node),
  blockers: blockersOf(node),
});

export const blockersOf = ({ blockedBy }: Pick<IssueNode, 'blockedBy'>): readonly Ref[] =>
  (blockedBy?.nodes ?? []).flatMap((one) => (one !== null && isOpenIssue(one) ? [refOf(one)] : []));

/** Whether GitHub did not list all that blocks it. */
export const isCutTask = ({ blockedBy }: IssueNode): boolean => blockedBy?.pageInfo?.hasNextPage === true;

export const isOpenIssue = ({ state }: IssueNode): boolean => state === 'OPEN';

export const refOf = ({ number, repository: { name, owner } }: IssueNode): Ref => ({
  ...{ owner: owner.login, repo: name, number },
});
