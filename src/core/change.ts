import type { Ref, RepositoryRef } from './task/identity.ts';

/**
 * One write on GitHub as plain data. Only `operations/apply-changes.ts` carries it out. Issues are named by number:
 * the ids that GitHub's API wants are looked up when it is applied.
 */
export type Change = CommentChange | IssueChange | LinkChange | LabelChange | FileChange | CheckChange | ReviewChange;

export type CommentChange =
  | { readonly kind: 'create_comment'; readonly on: Ref; readonly marker: string; readonly body: string }
  | {
      readonly kind: 'update_comment';
      readonly on: Ref;
      readonly commentId: number;
      readonly marker: string;
      readonly body: string;
    }
  | { readonly kind: 'delete_comment'; readonly on: Ref; readonly commentId: number }
  | { readonly kind: 'add_reaction'; readonly on: Ref; readonly commentId: number; readonly content: Reaction };

export type IssueChange =
  | {
      readonly kind: 'create_issue';
      readonly repository: RepositoryRef;
      /** The issue is made as a child of this one in the same mutation. */
      readonly parent: Ref | null;
      /** What makes it this issue and no other: stands in `body` as a marker, so that it is never made twice. */
      readonly key: string;
      readonly title: string;
      readonly body: string;
      readonly labels: readonly string[];
      readonly assignees: readonly string[];
      /** Title of an open milestone of the repository. */
      readonly milestone: string | null;
      /** Name of an issue type of the owner. */
      readonly issueType: string | null;
    }
  | {
      readonly kind: 'update_issue_body';
      readonly on: Ref;
      /** The text it replaces; where another text stands by now, nothing is written. */
      readonly expected: string;
      readonly body: string;
    }
  | { readonly kind: 'close_issue'; readonly on: Ref; readonly reason: 'completed' | 'not_planned' }
  | { readonly kind: 'reopen_issue'; readonly on: Ref }
  | { readonly kind: 'add_assignee'; readonly on: Ref; readonly login: string }
  | { readonly kind: 'remove_assignee'; readonly on: Ref; readonly login: string };

export type LinkChange =
  | {
      readonly kind: 'add_sub_issue';
      readonly parent: Ref;
      readonly child: Ref;
      /** Takes the child from another parent; without it GitHub refuses a second one. */
      readonly replaceParent: boolean;
    }
  | { readonly kind: 'remove_sub_issue'; readonly parent: Ref; readonly child: Ref }
  /** `after: null` puts it first. */
  | { readonly kind: 'place_sub_issue'; readonly parent: Ref; readonly child: Ref; readonly after: Ref | null }
  | { readonly kind: 'add_blocker'; readonly on: Ref; readonly blocker: Ref }
  | { readonly kind: 'remove_blocker'; readonly on: Ref; readonly blocker: Ref };

export type LabelChange =
  | { readonly kind: 'add_label'; readonly on: Ref; readonly label: string }
  | { readonly kind: 'remove_label'; readonly on: Ref; readonly label: string }
  | {
      readonly kind: 'create_label';
      readonly repository: RepositoryRef;
      readonly name: string;
      /** Six hexadecimal digits. */
      readonly color: string;
      readonly description: string;
    }
  /** Takes it off whatever carries it, too. */
  | { readonly kind: 'delete_label'; readonly repository: RepositoryRef; readonly name: string };

/** A finished check run of ours on a commit, one of each name: a second one changes the first. GitHub lets Apps alone make them. */
export interface CheckChange {
  readonly kind: 'report_check';
  readonly repository: RepositoryRef;
  readonly sha: string;
  readonly name: string;
  readonly conclusion: CheckConclusion;
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
}

export type CheckConclusion = 'success' | 'failure' | 'neutral' | 'action_required';

/** Asks a person for a review of a pull request, or takes that back; nobody else's request is touched. */
export type ReviewChange =
  | { readonly kind: 'request_review'; readonly on: Ref; readonly login: string }
  | { readonly kind: 'remove_review_request'; readonly on: Ref; readonly login: string };

export interface FileChange {
  readonly kind: 'put_file';
  readonly repository: RepositoryRef;
  readonly path: string;
  readonly text: string;
  readonly message: string;
}

export type Reaction = '+1' | '-1' | 'eyes' | 'confused' | 'rocket';
