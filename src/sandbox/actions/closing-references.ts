import { findIssue, isSameItem } from '../find-record.ts';
import type { ItemKey, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { closeIssue } from './close-issue.ts';
import { placeIn, requireIssue, requirePullRequest } from './place.ts';
import { readReferences } from './read-references.ts';
import { addTimelineEntry } from './timeline.ts';
import { WorldRefusal } from './world-refusal.ts';

/** The existing issues that a text's closing keywords name. */
function closingIssuesOf(world: World, text: string, repository: RepositoryRecord): ItemKey[] {
  const here = `${repository.owner}/${repository.name}`.toLowerCase();
  return readReferences(text, here)
    .filter(({ closes, item }) => closes && findIssue(world, item) !== null)
    .map(({ item }) => item);
}

/**
 * Brings `closingIssues` in line with body and base: keywords count only towards the default branch; issues linked by
 * hand (a `connected_event` on the issue's timeline) stay whatever the base is.
 */
export function refreshClosingIssues(world: World, repository: RepositoryRecord, pull: PullRequestRecord): void {
  const source = placeIn(repository, pull).key;
  const byHand = pull.closingIssues.filter((key) => isConnected(world, key, source));
  const isTowardsDefault = pull.baseRefName === repository.defaultBranch;
  const byKeyword = isTowardsDefault ? closingIssuesOf(world, pull.body, repository) : [];
  const rest = byHand.filter((key) => !byKeyword.some((other) => isSameItem(key, other)));
  pull.closingIssues = [...byKeyword, ...rest];
}

/** Links an issue by hand from a pull request's sidebar: merging will close it. */
export function connectIssue(
  world: World,
  actor: string,
  input: { readonly pullRequest: ItemKey; readonly issue: ItemKey },
): PullRequestRecord {
  const pull = requirePullRequest(world, input.pullRequest);
  const issue = requireIssue(world, input.issue);
  if (pull.item.closingIssues.some((key) => isSameItem(key, issue.key))) {
    throw new WorldRefusal(422, 'The issue is already linked');
  }
  pull.item.closingIssues.push(issue.key);
  addTimelineEntry(world, issue, { kind: 'connected_event', actor, subject: { item: pull.key } });
  return pull.item;
}

/** Closes what a text on the default branch says it closes, naming the commit as the closer. */
export function closeByCommits(
  world: World,
  actor: string,
  repository: RepositoryRecord,
  shas: readonly string[],
): void {
  for (const sha of shas) {
    for (const item of closingIssuesOf(world, repository.commits.get(sha)?.message ?? '', repository)) {
      if (findIssue(world, item)?.state === 'open') closeIssue(world, actor, { item, by: { sha } });
    }
  }
}

/** Announces a push to a branch. */
export function announcePush(
  world: World,
  actor: string,
  repository: RepositoryRecord,
  push: {
    readonly ref: string;
    readonly before: string;
    readonly after: string;
    readonly forced?: boolean;
    readonly commits: readonly string[];
    readonly files?: PullRequestRecord['files'];
  },
): void {
  repository.pushedAt = world.now();
  announce(world, {
    name: 'push',
    action: null,
    repository: `${repository.owner}/${repository.name}`.toLowerCase(),
    sender: actor,
    details: { push: { ...push, files: push.files ?? [] }, sha: push.after },
  });
}

function isConnected(world: World, issue: ItemKey, pull: ItemKey): boolean {
  const timeline = findIssue(world, issue)?.timeline ?? [];
  return timeline.some(
    ({ kind, subject }) => kind === 'connected_event' && subject.item !== undefined && isSameItem(subject.item, pull),
  );
}
