import { newIds, register } from '../node-id.ts';
import type { IssueRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { assign } from './assign.ts';
import { label } from './label.ts';
import { checkBody, checkTitle } from './limits.ts';
import { noteMilestone } from './note-milestone.ts';
import { noteReferences } from './note-references.ts';
import { placeIn, requireRepository } from './place.ts';

export interface NewIssue {
  readonly repository: string;
  readonly title: string;
  readonly body?: string | null;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly milestone?: number | null;
  readonly issueType?: string | null;
  /** A number that is still free, for worlds written by hand; the next one otherwise. */
  readonly number?: number;
  /** The body's `#12` are another tracker's numbers: they make no cross references. */
  readonly isForeignText?: boolean;
}

/** Opens an issue: `issues.opened`, then `labeled` and `assigned` for each, as GitHub sends them. */
export function openIssue(world: World, actor: string, input: NewIssue): IssueRecord {
  const repository = requireRepository(world, input.repository);
  const body = input.body ?? '';
  checkTitle('Issue', input.title);
  checkBody('Issue', body);
  const record: IssueRecord = {
    kind: 'issue',
    ...newIds(world, 'Issue'),
    number: input.number ?? repository.nextNumber,
    title: input.title,
    body,
    author: actor,
    state: 'open',
    stateReason: null,
    locked: false,
    labels: new Set(),
    assignees: new Set(),
    milestone: input.milestone ?? null,
    issueType: input.issueType ?? null,
    parent: null,
    children: [],
    blockedBy: [],
    blocking: [],
    linkedBranches: [],
    fieldValues: [],
    comments: [],
    reactions: [],
    timeline: [],
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: null,
    closedBy: null,
  };
  repository.nextNumber = Math.max(repository.nextNumber, record.number + 1);
  repository.issues.set(record.number, record);
  register(world, { type: 'Issue', repository, record });
  const title = input.milestone == null ? undefined : repository.milestones.get(input.milestone)?.title;
  const place = placeIn(repository, record);
  const { key } = place;
  announce(world, { name: 'issues', action: 'opened', repository: key.repository, sender: actor, item: key });
  if (title !== undefined) noteMilestone(world, actor, place, { kind: 'milestoned_event', title });
  if ((input.labels ?? []).length > 0) label(world, actor, { item: key, labels: input.labels ?? [] });
  if ((input.assignees ?? []).length > 0) assign(world, actor, { item: key, assignees: input.assignees ?? [] });
  if (input.isForeignText !== true) noteReferences(world, actor, place, body);
  return record;
}
