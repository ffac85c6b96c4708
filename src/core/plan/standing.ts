import type { IssueChange, LabelChange, LinkChange } from '../change.ts';
import { type Ref, sameRef } from '../task/identity.ts';

/** What a plan may hold (`checkPlan` sees to it): comments and files are no bulk writes. */
export type PlannableChange = IssueChange | LinkChange | LabelChange;

/** An issue as far as plans need to know it. */
export interface IssueStanding {
  readonly ref: Ref;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly reason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly parent: Ref | null;
  /** The sibling right before it; null when it comes first or has no parent. */
  readonly previous: Ref | null;
  readonly blockers: readonly Ref[];
  readonly blocking: readonly Ref[];
  readonly milestone: string | null;
  readonly issueType: string | null;
  readonly comments: number;
  readonly children: number;
  /** That close it or are linked to it, closed ones included; null when that may not be read. */
  readonly pullRequests: number | null;
  /** Linked ones; null when that may not be read. */
  readonly branches: number | null;
}

/** A label as far as plans need to know it. */
export interface LabelStanding {
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly description: string;
  /** Issues that carry it, open and closed, the first hundred. */
  readonly carriers: readonly Ref[];
  /** How many more issues and pull requests do; null when that may not be read. */
  readonly moreCarriers: number | null;
}

/** What GitHub shows where a change writes: only that is kept in the ledger. */
export type Standing =
  | { readonly kind: 'place'; readonly parent: Ref | null; readonly previous: Ref | null }
  /** A blocker, label or assignee of an issue. */
  | { readonly kind: 'membership'; readonly isThere: boolean }
  | { readonly kind: 'text'; readonly body: string }
  | { readonly kind: 'state'; readonly state: IssueStanding['state']; readonly reason: IssueStanding['reason'] }
  /** A label of a repository. */
  | { readonly kind: 'label'; readonly label: LabelStanding | null }
  /** The issue that a `create_issue` made, once it can be found. */
  | { readonly kind: 'creation'; readonly made: IssueStanding | null };

type OnIssue = Exclude<PlannableChange, { kind: 'create_issue' | 'create_label' | 'delete_label' }>;

/** The issue whose state tells whether a change stands: the child of a link, else the one written on. */
export const subjectOf = (change: OnIssue): Ref => ('child' in change ? change.child : change.on);

/** The part of its subject that a change touches. */
export function standingOf(change: OnIssue, issue: IssueStanding): Standing {
  switch (change.kind) {
    case 'add_sub_issue':
    case 'remove_sub_issue':
    case 'place_sub_issue':
      return { kind: 'place', parent: issue.parent, previous: issue.previous };
    case 'add_blocker':
    case 'remove_blocker':
      return membership(issue.blockers.some((blocker) => sameRef(blocker, change.blocker)));
    case 'add_label':
    case 'remove_label':
      return membership(issue.labels.some((label) => sameName(label, change.label)));
    case 'add_assignee':
    case 'remove_assignee':
      return membership(issue.assignees.some((login) => sameName(login, change.login)));
    case 'update_issue_body':
      return { kind: 'text', body: issue.body };
    case 'close_issue':
    case 'reopen_issue':
      return { kind: 'state', state: issue.state, reason: issue.reason };
  }
}

/** Whether GitHub shows what the change is for, whoever did it. */
export function effectStands(change: PlannableChange, standing: Standing): boolean {
  switch (standing.kind) {
    case 'place':
      return isPlaced(change, standing);
    case 'membership':
      return standing.isThere === !change.kind.startsWith('remove_');
    case 'text':
      return change.kind === 'update_issue_body' && sameText(standing.body, change.body);
    case 'state':
      return standing.state === (change.kind === 'close_issue' ? 'closed' : 'open');
    case 'label':
      return (standing.label !== null) === (change.kind === 'create_label');
    case 'creation':
      return standing.made !== null;
  }
}

function isPlaced(change: PlannableChange, { parent, previous }: Extract<Standing, { kind: 'place' }>): boolean {
  if (!('child' in change)) return false;
  const isUnder = sameRefOrNull(parent, change.parent);
  if (change.kind === 'place_sub_issue') return isUnder && sameRefOrNull(previous, change.after);
  return isUnder === (change.kind === 'add_sub_issue');
}

export const sameRefOrNull = (a: Ref | null, b: Ref | null): boolean =>
  a === null || b === null ? a === b : sameRef(a, b);

/** As GitHub keeps texts: it is free in line ends and in the space around them. */
export function sameText(a: string, b: string): boolean {
  const normal = (text: string): string => text.replaceAll('\r\n', '\n').trim();
  return normal(a) === normal(b);
}

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const membership = (isThere: boolean): Standing => ({ kind: 'membership', isThere });
