import { UserError } from '../core/failure.ts';
import { issueKeyOf } from '../core/issue-marker.ts';
import type { Instant } from '../core/task/facts.ts';
import type { Ref } from '../core/task/identity.ts';
import type { GraphqlProblem } from './client.ts';
import { refOf } from './map-task.ts';
import type { Connection, PlaceNode } from './nodes.ts';

/** An issue as far as its marker needs it. */
export interface MarkedNode {
  readonly number: number;
  readonly createdAt: Instant;
  readonly viewerDidAuthor: boolean;
  readonly body: string;
  readonly repository: PlaceNode;
}

export type MarkedList = Pick<Connection<MarkedNode>, 'nodes' | 'pageInfo'>;

/** Those that carry the marker of this key, in their order. It counts only in what the same identity wrote. */
export function findAllStanding(
  issues: readonly (MarkedNode | null)[] | null | undefined,
  key: string,
): readonly Ref[] {
  return (issues ?? []).flatMap((node) =>
    node?.viewerDidAuthor && issueKeyOf(node.body) === key ? [refOf(node)] : [],
  );
}

/** A part that the token may not read must not be told as missing. */
export function demandAccess(problems: readonly GraphqlProblem[], tried: string): void {
  if (problems.every(({ type }) => type !== 'FORBIDDEN')) return;
  throw new UserError(
    'forbidden',
    `GitHub does not let this token ${tried}.`,
    'It needs the permission issues: write; `parasol doctor` shows what it may do.',
  );
}
