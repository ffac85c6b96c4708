import { visibleLine } from './markdown.ts';
import type { PlannedChange, PlannedRef } from './plan/plan.ts';
import { formatRef, type RepositoryRef } from './task/identity.ts';

/**
 * A change in words, as what somebody does: `make octo/harbor#3 a child of octo/harbor#1`. References are short within
 * `relativeTo`; an issue that a plan has yet to make goes by its item. The words are plain text on one line, whatever titles and names hold; not Markdown.
 */
export function describeChange(change: PlannedChange, relativeTo: RepositoryRef | null = null): string {
  const name = (ref: PlannedRef) => ('item' in ref ? `the new issue ${ref.item}` : formatRef(ref, relativeTo));
  switch (change.kind) {
    case 'create_comment':
      return `comment on ${name(change.on)}`;
    case 'update_comment':
      return `edit the comment on ${name(change.on)}`;
    case 'delete_comment':
      return `delete a comment on ${name(change.on)}`;
    case 'add_reaction':
      return `react to a comment on ${name(change.on)}`;
    case 'create_issue': {
      const place = change.parent === null ? `in ${nameOf(change.repository)}` : `under ${name(change.parent)}`;
      return `open ${quoted(change.title)} ${place}`;
    }
    case 'update_issue_body':
      return `edit the text of ${name(change.on)}`;
    case 'close_issue':
      return `close ${name(change.on)} as ${change.reason === 'completed' ? 'completed' : 'not planned'}`;
    case 'reopen_issue':
      return `reopen ${name(change.on)}`;
    case 'add_assignee':
      return `assign ${visibleLine(change.login)} to ${name(change.on)}`;
    case 'remove_assignee':
      return `take ${visibleLine(change.login)} off ${name(change.on)}`;
    case 'request_review':
      return `ask ${visibleLine(change.login)} to review ${name(change.on)}`;
    case 'remove_review_request':
      return `ask ${visibleLine(change.login)} no longer to review ${name(change.on)}`;
    case 'add_sub_issue':
      return change.replaceParent
        ? `move ${name(change.child)} to ${name(change.parent)}`
        : `make ${name(change.child)} a child of ${name(change.parent)}`;
    case 'remove_sub_issue':
      return `take ${name(change.child)} out of ${name(change.parent)}`;
    case 'place_sub_issue': {
      const place = change.after === null ? 'first' : `after ${name(change.after)}`;
      return `put ${name(change.child)} ${place} in ${name(change.parent)}`;
    }
    case 'add_blocker':
      return `let ${name(change.on)} wait for ${name(change.blocker)}`;
    case 'remove_blocker':
      return `let ${name(change.on)} wait no longer for ${name(change.blocker)}`;
    case 'add_label':
      return `label ${name(change.on)} with ${quoted(change.label)}`;
    case 'remove_label':
      return `take the label ${quoted(change.label)} from ${name(change.on)}`;
    case 'create_label':
      return `make the label ${quoted(change.name)} in ${nameOf(change.repository)}`;
    case 'report_check':
      return `report ${visibleLine(change.name)} on ${change.sha.slice(0, 7)} in ${nameOf(change.repository)}`;
    case 'delete_label':
      return `delete the label ${quoted(change.name)} of ${nameOf(change.repository)}`;
    case 'put_file':
      return `write ${visibleLine(change.path)} in ${nameOf(change.repository)}`;
  }
}

const nameOf = ({ owner, repo }: RepositoryRef): string => `${owner}/${repo}`;

const quoted = (text: string): string => `"${visibleLine(text)}"`;
