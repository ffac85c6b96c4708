import type { TimelineRecord } from '../world.ts';
import { type Connection, connect, type PageArguments } from './connection.ts';
import type { GraphqlContext } from './graphql-context.ts';
import {
  commitSource,
  type ItemSource,
  type PullRequestCommitSource,
  type PullRequestSource,
  visibleItem,
} from './source.ts';

interface TimelineArguments extends PageArguments {
  /** GitHub's names: `CLOSED_EVENT`, `ISSUE_COMMENT` … */
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
  readonly skip?: number | null;
}

interface Entry {
  readonly itemType: string;
  readonly id: number | string;
  readonly at: string;
  readonly source: unknown;
}

/**
 * An item's history, oldest first: events, comments and, on a pull request, reviews and commits. Entries about items
 * that lie where the viewer may not look are left out, as if they had not happened; where only a permission for the
 * item's kind lacks, the entry stays and its item is refused.
 */
export function timelineOf(source: ItemSource, args: TimelineArguments, context: GraphqlContext): Connection {
  const all = entriesOf(source, context);
  const wanted = all.filter((entry) => passes(entry, args)).slice(args.skip ?? 0);
  return connect(wanted, args, {
    keyOf: (entry) => entry.id,
    toSource: (entry) => entry.source,
    totalCount: all.length,
    extras: { updatedAt: all.at(-1)?.at ?? source.record.createdAt },
  });
}

function entriesOf(source: ItemSource, context: GraphqlContext): readonly Entry[] {
  const { repository, record } = source;
  const entries: Entry[] = [];
  for (const event of record.timeline) {
    if (!isVisibleEvent(event, context)) continue;
    entries.push({
      itemType: event.kind.toUpperCase(),
      id: event.id,
      at: event.createdAt,
      source: { type: 'TimelineItem', repository, item: record, record: event },
    });
  }
  for (const comment of record.comments) {
    entries.push({
      itemType: 'ISSUE_COMMENT',
      id: comment.id,
      at: comment.createdAt,
      source: { type: 'IssueComment', repository, item: record, record: comment },
    });
  }
  if (source.type === 'PullRequest') entries.push(...reviewEntries(source), ...commitEntries(source));
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function reviewEntries({ repository, record: item }: PullRequestSource): readonly Entry[] {
  return item.reviews.map((record) => ({
    itemType: 'PULL_REQUEST_REVIEW',
    id: record.id,
    at: record.submittedAt,
    source: { type: 'PullRequestReview', repository, item, record },
  }));
}

function commitEntries(pullRequest: PullRequestSource): readonly Entry[] {
  return commitsOf(pullRequest).map((source) => ({
    itemType: 'PULL_REQUEST_COMMIT',
    id: source.commit.record.sha,
    at: source.commit.record.committedAt,
    source,
  }));
}

/** A pull request's commits, oldest first. */
export function commitsOf(pullRequest: PullRequestSource): readonly PullRequestCommitSource[] {
  return pullRequest.record.commits.flatMap((sha): readonly PullRequestCommitSource[] => {
    const commit = commitSource(pullRequest.repository, sha);
    return commit === null ? [] : [{ type: 'PullRequestCommit', pullRequest, commit }];
  });
}

/** Whether the viewer may know of the item that the event speaks of. */
export function isVisibleEvent(event: TimelineRecord, context: GraphqlContext): boolean {
  const { item } = event.subject;
  if (item === undefined || event.kind === 'closed_event') return true;
  return visibleItem(context, item) !== null;
}

function passes(entry: Entry, { itemTypes, since }: TimelineArguments): boolean {
  if (itemTypes && !itemTypes.includes(entry.itemType)) return false;
  return since == null || Date.parse(entry.at) >= Date.parse(since);
}
