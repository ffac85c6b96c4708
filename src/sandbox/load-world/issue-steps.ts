import { assign } from '../actions/assign.ts';
import { addBlockedBy } from '../actions/block-issue.ts';
import { closeIssue, reopenIssue } from '../actions/close-issue.ts';
import { createComment } from '../actions/comment.ts';
import { linkBranch } from '../actions/link-branch.ts';
import { addSubIssue } from '../actions/link-sub-issue.ts';
import { openIssue } from '../actions/open-issue.ts';
import { setIssueField } from '../actions/set-issue-field.ts';
import type { ItemKey, RepositoryRecord } from '../world.ts';
import { findMilestone } from './milestone-number.ts';
import { type Entry, plan, requireLogin, resolveItem } from './story.ts';
import type { IssueEntry } from './world-file-schema.ts';

/** Plans an issue's life: opening, assignments, links, comments, closing. `openings` holds the time of every item. */
export function planIssue(
  entry: Entry,
  issue: IssueEntry,
  context: { readonly repository: RepositoryRecord; readonly openings: ReadonlyMap<string, string> },
): void {
  const { story, key, path } = entry;
  const { world } = story;
  const author = requireLogin(story, [...path, 'by'], issue.by ?? usualAuthor(context.repository));
  const milestone = findMilestone(entry, context.repository, issue.milestone);
  plan(entry, 'title', {
    rank: 'open',
    run: () => {
      const { title, body, labels } = issue;
      const issueType = issue.type ?? null;
      const { number, repository } = key;
      openIssue(world, author, { repository, number, title, body, labels, milestone, issueType });
    },
  });
  planAssignments(entry, issue, author);
  planFields(entry, issue, author);
  planLinks(entry, issue, { author, openings: context.openings });
  for (const comment of issue.comments) {
    const by = requireLogin(story, [...path, 'comments'], comment.by);
    const run = () => void createComment(world, by, { item: key, body: comment.body });
    plan(entry, 'comments', { time: comment.at, rank: 'work', run });
  }
  planClosing(entry, issue, author);
}

/** Whoever runs the repository does what nobody else is named for. */
export function usualAuthor(repository: RepositoryRecord): string {
  return [...repository.collaborators].find(([, role]) => role === 'admin')?.[0] ?? repository.owner;
}

function planAssignments(entry: Entry, issue: IssueEntry, author: string): void {
  const { story, key, path } = entry;
  const pairs: readonly (readonly [string, string | undefined])[] = Array.isArray(issue.assignees)
    ? issue.assignees.map((login) => [login, undefined])
    : Object.entries(issue.assignees);
  for (const [login, time] of pairs) {
    const assignee = requireLogin(story, [...path, 'assignees'], login);
    const run = () => void assign(story.world, author, { item: key, assignees: [assignee] });
    plan(entry, 'assignees', { time, rank: 'work', run });
  }
}

function planFields(entry: Entry, issue: IssueEntry, author: string): void {
  const { story, key, path } = entry;
  for (const [field, given] of Object.entries(issue.fields)) {
    const { value, at, by } = typeof given === 'object' ? given : { value: given, at: undefined, by: undefined };
    const setter = requireLogin(story, [...path, 'fields'], by ?? author);
    const run = () => void setIssueField(story.world, setter, { item: key, field, value });
    plan(entry, 'fields', { time: at, rank: 'work', run });
  }
}

function planLinks(
  entry: Entry,
  issue: IssueEntry,
  context: { readonly author: string; readonly openings: ReadonlyMap<string, string> },
): void {
  const { story, key } = entry;
  const { world } = story;
  const { author } = context;
  for (const child of issue.children.map((reference) => resolveItem(entry, reference))) {
    const at = bothOpen(entry, child, { field: 'children', openings: context.openings });
    plan(entry, 'children', { at, rank: 'link', run: () => void addSubIssue(world, author, { parent: key, child }) });
  }
  for (const reference of issue.blocked_by) {
    const [item, time] = typeof reference === 'object' ? [reference.item, reference.at] : [reference, undefined];
    const blocker = resolveItem(entry, item);
    const at = bothOpen(entry, blocker, { field: 'blocked_by', openings: context.openings });
    const when = time === undefined ? { at } : { time };
    plan(entry, 'blocked_by', {
      ...when,
      rank: 'link',
      run: () => void addBlockedBy(world, author, { blocked: key, blocker }),
    });
  }
  const { branch } = issue;
  if (branch === undefined) return;
  plan(entry, 'branch', { rank: 'work', run: () => void linkBranch(world, author, { item: key, branch }) });
}

function planClosing(entry: Entry, issue: IssueEntry, author: string): void {
  const { story, key, path } = entry;
  if (issue.reopened !== undefined) {
    const run = () => void reopenIssue(story.world, author, { item: key });
    plan(entry, 'reopened', { time: issue.reopened, rank: 'close', run });
  }
  if (issue.closed === undefined) return;
  const closing = typeof issue.closed === 'string' ? { as: issue.closed, at: '0', by: undefined } : issue.closed;
  const by = requireLogin(story, [...path, 'closed'], closing.by ?? author);
  const run = () => void closeIssue(story.world, by, { item: key, reason: closing.as });
  plan(entry, 'closed', { time: closing.at, rank: 'close', run });
}

function bothOpen(
  entry: Entry,
  other: ItemKey,
  { field, openings }: { readonly field: string; readonly openings: ReadonlyMap<string, string> },
): string {
  const name = `${other.repository}#${other.number}`;
  const opened = openings.get(name);
  if (opened !== undefined) return opened > entry.openedAt ? opened : entry.openedAt;
  throw entry.story.parsed.problem(
    [...entry.path, field],
    `there is no ${name}`,
    'Add the issue, or correct the number.',
  );
}
