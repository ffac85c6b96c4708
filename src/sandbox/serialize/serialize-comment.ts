import type { CommentRecord, IssueRecord, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { authorAssociation } from './author-association.ts';
import { serializeReactionCounts } from './serialize-reaction.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** A comment on an issue or in a pull request's conversation. */
export function serializeComment(
  world: World,
  place: { readonly repository: RepositoryRecord; readonly item: IssueRecord | PullRequestRecord },
  comment: CommentRecord,
  baseUrl: string,
) {
  const { html, api } = repositoryUrls(place.repository, baseUrl);
  const url = `${api}/issues/comments/${comment.id}`;
  const page = place.item.kind === 'issue' ? 'issues' : 'pull';
  return {
    url,
    html_url: `${html}/${page}/${place.item.number}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${place.item.number}`,
    id: comment.id,
    node_id: comment.nodeId,
    user: serializeUser(world, comment.author, baseUrl),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(world, place.repository, comment.author),
    body: comment.body,
    reactions: serializeReactionCounts(comment.reactions, url),
    performed_via_github_app: null,
  };
}
