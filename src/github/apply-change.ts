import type { Change } from '../core/change.ts';
import type { Applied } from './applied.ts';
import { applyCheckChange } from './apply-check-change.ts';
import { applyCommentChange } from './apply-comment-change.ts';
import { applyFileChange } from './apply-file-change.ts';
import { applyIssueChange } from './apply-issue-change.ts';
import { applyLabelChange } from './apply-label-change.ts';
import { applyLinkChange } from './apply-link-change.ts';
import { applyReviewChange } from './apply-review-change.ts';
import type { GitHubClient } from './client.ts';

/**
 * Carries out one change; applied twice, the second finds it `already_there`. Fails with `usage` where GitHub's rules
 * forbid it (a second parent, the 101st child, a text that is too long …), with `not_found` naming every label, person,
 * milestone or issue type that a new issue lacks, with `github_unavailable` when GitHub kept another text than the one
 * sent, and otherwise as GitHub fails.
 */
export async function applyChange(client: GitHubClient, change: Change): Promise<Applied> {
  switch (change.kind) {
    case 'create_comment':
    case 'update_comment':
    case 'delete_comment':
    case 'add_reaction':
      return applyCommentChange(client, change);
    case 'create_issue':
    case 'update_issue_body':
    case 'close_issue':
    case 'reopen_issue':
    case 'add_assignee':
    case 'remove_assignee':
      return applyIssueChange(client, change);
    case 'add_sub_issue':
    case 'remove_sub_issue':
    case 'place_sub_issue':
    case 'add_blocker':
    case 'remove_blocker':
      return applyLinkChange(client, change);
    case 'add_label':
    case 'remove_label':
    case 'create_label':
    case 'delete_label':
      return applyLabelChange(client, change);
    case 'report_check':
      return applyCheckChange(client, change);
    case 'request_review':
    case 'remove_review_request':
      return applyReviewChange(client, change);
    case 'put_file':
      return applyFileChange(client, change);
  }
}
