import type { Connection } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';

interface Edge {
  readonly connection: Connection;
  readonly index: number;
}

const indexesOf = (connection: Connection): readonly number[] => [...connection.items.keys()];

const extra =
  (name: string) =>
  (connection: Connection): unknown =>
    connection.extras[name];

/** What every `…Connection` type has in common. */
export const connectionFields: FieldTable<Connection> = {
  nodes: (connection) => indexesOf(connection).map((index) => connection.sourceOf(index)),
  edges: (connection) => indexesOf(connection).map((index): Edge => ({ connection, index })),
  pageInfo: (connection) => connection,
  totalCount: (connection) => connection.totalCount,
};

/** What every `…Edge` type has in common. */
export const edgeFields: FieldTable<Edge> = {
  node: ({ connection, index }) => connection.sourceOf(index),
  cursor: ({ connection, index }) => connection.cursorOf(index),
};

export const pageInfoFields: FieldTable<Connection> = {
  hasNextPage: (connection) => connection.hasNextPage,
  hasPreviousPage: (connection) => connection.hasPreviousPage,
  startCursor: (connection) => (connection.items.length === 0 ? null : connection.cursorOf(0)),
  endCursor: (connection) => (connection.items.length === 0 ? null : connection.cursorOf(connection.items.length - 1)),
};

/** `totalCount` counts the whole timeline whatever `itemTypes` says; `filteredCount` counts what the filters leave. */
export const timelineConnectionFields: FieldTable<Connection> = {
  ...connectionFields,
  filteredCount: (connection) => connection.filteredCount,
  pageCount: (connection) => connection.items.length,
  updatedAt: extra('updatedAt'),
};

export const searchConnectionFields: FieldTable<Connection> = {
  nodes: (connection) => indexesOf(connection).map((index) => connection.sourceOf(index)),
  edges: (connection) => indexesOf(connection).map((index): Edge => ({ connection, index })),
  pageInfo: (connection) => connection,
  issueCount: (connection) => connection.totalCount,
  repositoryCount: () => 0,
  userCount: () => 0,
  discussionCount: () => 0,
  wikiCount: () => 0,
  codeCount: () => 0,
};

export const statusContextConnectionFields: FieldTable<Connection> = {
  ...connectionFields,
  checkRunCount: extra('checkRunCount'),
  statusContextCount: extra('statusContextCount'),
  checkRunCountsByState: extra('checkRunCountsByState'),
  statusContextCountsByState: extra('statusContextCountsByState'),
};

export const reactionConnectionFields: FieldTable<Connection> = {
  ...connectionFields,
  viewerHasReacted: extra('viewerHasReacted'),
};

export const collaboratorEdgeFields: FieldTable<Edge> = {
  ...edgeFields,
  permission: ({ connection, index }) => {
    const permissions = connection.extras.permissions;
    return Array.isArray(permissions) ? permissions[connection.start + index] : undefined;
  },
};

/** `{ state, count }` pairs, sources of `CheckRunStateCount` and `StatusContextStateCount`. */
export const stateCountFields: FieldTable<{ readonly state: string; readonly count: number }> = {
  state: ({ state }) => state,
  count: ({ count }) => count,
};
