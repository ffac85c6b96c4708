import { inWords } from '../../../core/in-words.ts';
import type { IssueRecord, PullRequestRecord, World } from '../../../sandbox/world.ts';
import type { ItemAddress, LiveItem } from '../../dashboard/live-view.ts';

/** The issue or pull request at an address, as the world knows it now; null when there is none. */
export function findLiveItem(world: World, { owner, repo, kind, number }: ItemAddress): LiveItem | null {
  const repository = world.repositories.get(`${owner}/${repo}`.toLowerCase());
  const record = repository?.[kind === 'pull' ? 'pullRequests' : 'issues'].get(number);
  if (repository === undefined || record === undefined) return null;
  const { title, author, body, comments } = record;
  return {
    ref: `${repository.owner}/${repository.name}#${number}`,
    title,
    state: record.kind === 'issue' ? issueState(record) : pullRequestState(record),
    author,
    body,
    comments: comments.map((comment) => ({ author: comment.author, at: comment.createdAt, body: comment.body })),
  };
}

function issueState({ state, stateReason }: IssueRecord): string {
  return state === 'closed' && stateReason !== null ? `closed as ${inWords(stateReason)}` : state;
}

const pullRequestState = ({ state, isDraft }: PullRequestRecord): string =>
  state === 'open' && isDraft ? 'draft' : state;
