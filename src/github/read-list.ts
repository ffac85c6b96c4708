import { type Gap, known, type Reading, unknown } from '../core/reading.ts';
import type { Connection, Maybe } from './nodes.ts';
import { gapOf, truncated, type Unread } from './unread.ts';

interface ListPlace {
  /** The object that holds the list under `field`. */
  readonly holder: object;
  readonly field: string;
  /** What is missing if it is, in words: `blockers of octo/harbor#12`. */
  readonly what: string;
  readonly permission: string;
  /** Elements that the reader may not see are left out instead of making the list unknown. */
  readonly skipsHidden?: boolean;
  /** The first page is enough: the rest adds nothing that decides. */
  readonly mayBeCut?: boolean;
}

/** A list as a fact: unknown when it, one of its elements or its rest could not be read. */
export function readList<Node>(
  connection: Maybe<Connection<Node>>,
  place: ListPlace,
  unread: Unread,
): Reading<readonly Node[]> {
  const { holder, field, what, permission } = place;
  const gap = (problem: NonNullable<ReturnType<Unread['at']>>): Gap => gapOf(problem, what, permission);
  if (connection == null || connection.nodes === null) {
    const problem = connection == null ? unread.at(holder, field) : unread.at(connection, 'nodes');
    if (problem !== null) return unknown(gap(problem));
    return connection === undefined ? unknown(truncated(`${what} (not asked for)`)) : known([]);
  }
  const failedPage = unread.at(connection, 'nodes');
  if (failedPage !== null) return unknown(gap(failedPage));
  if (connection.pageInfo?.hasNextPage && !place.mayBeCut) return unknown(truncated(what));

  const present: Node[] = [];
  for (const [index, node] of connection.nodes.entries()) {
    if (node !== null) {
      present.push(node);
      continue;
    }
    const problem = unread.at(connection.nodes, index);
    const isUnreadable = problem !== null && !(place.skipsHidden && gap(problem).cause === 'forbidden');
    if (isUnreadable) return unknown(gap(problem));
  }
  return known(present);
}
