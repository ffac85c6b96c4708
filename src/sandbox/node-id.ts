import type { World, WorldNode } from './world.ts';

const PREFIXES: Readonly<Record<WorldNode['type'], string>> = {
  User: 'U',
  Organization: 'O',
  Bot: 'BOT',
  Repository: 'R',
  Label: 'LA',
  Milestone: 'MI',
  Issue: 'I',
  PullRequest: 'PR',
  IssueField: 'IF',
  IssueFieldValue: 'IFV',
  IssueComment: 'IC',
  TimelineItem: 'TI',
  Reaction: 'REA',
  LinkedBranch: 'LB',
  ReviewRequest: 'RR',
  PullRequestReview: 'PRR',
  Release: 'RE',
  Commit: 'C',
  WorkflowRun: 'WFR',
  CheckRun: 'CR',
  StatusContext: 'SC',
};

/** The node id of a record: opaque to clients, as on GitHub, and the same in every run. */
export function nodeIdOf(type: WorldNode['type'], id: number | string): string {
  return `${PREFIXES[type]}_${Buffer.from(`${type}:${id}`).toString('base64url')}`;
}

/** A fresh database id and the node id that belongs to it. */
export function newIds(world: World, type: WorldNode['type']): { id: number; nodeId: string } {
  const id = world.nextId++;
  return { id, nodeId: nodeIdOf(type, id) };
}

/** Makes a record findable by its node id. Every record that has one passes here once. */
export function register(world: World, node: WorldNode): void {
  world.nodes.set(node.record.nodeId, node);
}

/** The record behind a node id with its surroundings, or null when there is none. */
export function findByNodeId(world: World, nodeId: string): WorldNode | null {
  return world.nodes.get(nodeId) ?? null;
}

/** The record of one type behind the database id that REST uses. */
export function findByDatabaseId<Type extends WorldNode['type']>(
  world: World,
  type: Type,
  id: number,
): Extract<WorldNode, { type: Type }> | null {
  const node = world.nodes.get(nodeIdOf(type, id));
  return node !== undefined && isOfType(node, type) ? node : null;
}

function isOfType<Type extends WorldNode['type']>(
  node: WorldNode,
  type: Type,
): node is Extract<WorldNode, { type: Type }> {
  return node.type === type;
}
