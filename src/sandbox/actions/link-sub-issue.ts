import { findIssue, isSameItem } from '../find-record.ts';
import { subIssuesSummary } from '../serialize/serialize-issue.ts';
import type { IssueRecord, ItemKey, World } from '../world.ts';
import { announce } from './announce.ts';
import { LIMITS } from './limits.ts';
import { type Place, requireIssue, requireItem } from './place.ts';
import { addTimelineEntry } from './timeline.ts';
import { invalid, notFound } from './world-refusal.ts';

export interface SubIssueLink {
  readonly parent: ItemKey;
  readonly child: ItemKey;
}

/** Makes `child` the last sub-issue of `parent`; refused (422) where GitHub refuses. Two events, one for each side. */
export function addSubIssue(
  world: World,
  actor: string,
  input: SubIssueLink & { readonly replaceParent?: boolean },
): IssueRecord {
  const parent = requireIssue(world, input.parent);
  const child = requireChild(world, input.child);
  checkLink(world, parent, child, input.replaceParent === true);
  const old = child.item.parent;
  if (old !== null) removeSubIssue(world, actor, { parent: old, child: child.key });
  parent.item.children.push(child.key);
  child.item.parent = parent.key;
  noteLink(world, actor, { parent, child, verb: 'added' });
  return parent.item;
}

/** Refuses (422) where a new issue of `owner` could not become a child of `parent`. */
export function checkNewSubIssue(world: World, parentKey: ItemKey, owner: string): void {
  const parent = requireIssue(world, parentKey);
  checkOwner(parent, owner);
  checkRoom(world, parent.item, 0);
}

/** Ends the link; 404 when there is none. */
export function removeSubIssue(world: World, actor: string, input: SubIssueLink): IssueRecord {
  const parent = requireIssue(world, input.parent);
  const child = requireIssue(world, input.child);
  if (child.item.parent === null || !isSameItem(child.item.parent, parent.key)) throw notFound();
  const summaryBefore = subIssuesSummary(world, parent.item);
  parent.item.children = parent.item.children.filter((key) => !isSameItem(key, child.key));
  child.item.parent = null;
  noteLink(world, actor, { parent, child, verb: 'removed', summaryBefore });
  return parent.item;
}

/** Moves a sub-issue right after or right before a sibling. GitHub announces nothing for it. */
export function reprioritizeSubIssue(
  world: World,
  _actor: string,
  input: SubIssueLink & { readonly after?: ItemKey; readonly before?: ItemKey },
): IssueRecord {
  const parent = requireIssue(world, input.parent).item;
  const sibling = input.after ?? input.before;
  if (sibling === undefined || (input.after !== undefined && input.before !== undefined)) {
    throw invalid('Issue', 'after_id', 'exactly one of after_id and before_id is needed');
  }
  const rest = parent.children.filter((key) => !isSameItem(key, input.child));
  const position = rest.findIndex((key) => isSameItem(key, sibling));
  if (rest.length === parent.children.length || position === -1) throw notFound();
  rest.splice(input.after === undefined ? position : position + 1, 0, input.child);
  parent.children = rest;
  parent.updatedAt = world.now();
  return parent;
}

function requireChild(world: World, key: ItemKey): Place<IssueRecord> {
  if (requireItem(world, key).item.kind !== 'issue') {
    throw invalid('Issue', 'sub_issue_id', 'Sub issue must be an issue, not a pull request');
  }
  return requireIssue(world, key);
}

function checkLink(world: World, parent: Place<IssueRecord>, child: Place<IssueRecord>, replace: boolean): void {
  checkOwner(parent, child.repository.owner);
  const current = child.item.parent;
  if (current !== null && isSameItem(current, parent.key)) throw refuse('Issue may not contain duplicate sub-issues');
  if (current !== null && !replace) throw refuse('Sub issue may only have one parent');
  if (ancestry(world, parent.item).includes(child.item)) throw refuse('Sub issue may not contain its own parent');
  checkRoom(world, parent.item, heightOf(world, child.item));
}

const refuse = (message: string) => invalid('Issue', 'sub_issue_id', message);

function checkOwner(parent: Place<IssueRecord>, owner: string): void {
  if (parent.repository.owner !== owner) throw refuse('Sub issue must belong to the same owner');
}

function checkRoom(world: World, parent: IssueRecord, height: number): void {
  if (parent.children.length >= LIMITS.subIssuesPerParent) {
    throw refuse(`Parent cannot have more than ${LIMITS.subIssuesPerParent} sub-issues`);
  }
  if (ancestry(world, parent).length + height > LIMITS.subIssueLevels) {
    throw refuse(`Sub-issues cannot be nested deeper than ${LIMITS.subIssueLevels} levels`);
  }
}

/** The issue itself and everything above it. */
function ancestry(world: World, issue: IssueRecord): IssueRecord[] {
  const chain: IssueRecord[] = [];
  for (let at: IssueRecord | null = issue; at !== null; at = at.parent === null ? null : findIssue(world, at.parent)) {
    chain.push(at);
  }
  return chain;
}

/** Levels below the issue. */
function heightOf(world: World, issue: IssueRecord): number {
  const heights = issue.children.map((key) => {
    const child = findIssue(world, key);
    return child === null ? 0 : 1 + heightOf(world, child);
  });
  return Math.max(0, ...heights);
}

function noteLink(
  world: World,
  actor: string,
  link: {
    readonly parent: Place<IssueRecord>;
    readonly child: Place<IssueRecord>;
    readonly verb: 'added' | 'removed';
    readonly summaryBefore?: { readonly total: number; readonly completed: number };
  },
): void {
  const { parent, child, verb } = link;
  const before = link.summaryBefore === undefined ? {} : { summaryBefore: link.summaryBefore };
  // The child's own time stamp stays: in GitHub's real deliveries only the parent's moves.
  parent.item.updatedAt = world.now();
  addTimelineEntry(world, child, { kind: `parent_issue_${verb}_event`, actor, subject: { item: parent.key } });
  addTimelineEntry(world, parent, { kind: `sub_issue_${verb}_event`, actor, subject: { item: child.key } });
  announce(world, {
    name: 'sub_issues',
    action: `parent_issue_${verb}`,
    repository: child.key.repository,
    sender: actor,
    item: child.key,
    details: { other: parent.key, ...before },
  });
  announce(world, {
    name: 'sub_issues',
    action: `sub_issue_${verb}`,
    repository: parent.key.repository,
    sender: actor,
    item: parent.key,
    details: { other: child.key, ...before },
  });
}
