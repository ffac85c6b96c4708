import type { CommentChange } from '../core/change.ts';
import { formatRef } from '../core/task/identity.ts';
import { type Applied, applied, type ChangeOf } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { checkKept, checkLength } from './sent-text.ts';
import { failAs, isGone, vanishedOr } from './write-failure.ts';

/** A comment that is gone is not made anew: that comes back as `vanished`. */
export async function applyCommentChange(client: GitHubClient, change: CommentChange): Promise<Applied> {
  switch (change.kind) {
    case 'create_comment':
      return createComment(client, change);
    case 'update_comment':
      return updateComment(client, change);
    case 'delete_comment':
      return deleteComment(client, change);
    case 'add_reaction':
      return addReaction(client, change);
  }
}

/**
 * Sent once: a comment whose answer got lost may have been written all the same. Whoever tries again looks first
 * (`operations/apply-changes.ts`).
 */
async function createComment(client: GitHubClient, { on, body }: ChangeOf<'create_comment'>): Promise<Applied> {
  const tried = `comment on ${formatRef(on)}`;
  checkLength(body, tried);
  const { owner, repo, number } = on;
  const call = client.rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 },
  });
  const { data } = await call.catch(failAs(tried));
  return written(data, body, tried);
}

async function updateComment(
  client: GitHubClient,
  { on, commentId, body }: ChangeOf<'update_comment'>,
): Promise<Applied> {
  const tried = `edit the comment ${commentId} on ${formatRef(on)}`;
  checkLength(body, tried);
  const { owner, repo } = on;
  const call = client.rest.issues.updateComment({ owner, repo, comment_id: commentId, body });
  return call.then(({ data }) => written(data, body, tried)).catch(vanishedOr(tried));
}

/** One that is gone already is as good as deleted. */
async function deleteComment(client: GitHubClient, { on, commentId }: ChangeOf<'delete_comment'>): Promise<Applied> {
  const { owner, repo } = on;
  try {
    await client.rest.issues.deleteComment({ owner, repo, comment_id: commentId });
  } catch (error) {
    if (!isGone(error)) throw githubFailure(error, `delete the comment ${commentId} on ${formatRef(on)}`);
  }
  return { ...applied, id: commentId };
}

async function addReaction(
  client: GitHubClient,
  { on, commentId, content }: ChangeOf<'add_reaction'>,
): Promise<Applied> {
  const { owner, repo } = on;
  const call = client.rest.reactions.createForIssueComment({ owner, repo, comment_id: commentId, content });
  return call
    .then(({ data }): Applied => ({ ...applied, id: data.id }))
    .catch(vanishedOr(`react to the comment ${commentId} on ${formatRef(on)}`));
}

function written(
  comment: { readonly id: number; readonly html_url: string; readonly body?: string },
  sent: string,
  tried: string,
): Applied {
  checkKept(comment.body, sent, tried);
  return { outcome: 'applied', url: comment.html_url, id: comment.id };
}
