import type { Reading } from '../reading.ts';
import type { TaskFacts } from './facts.ts';
import type { Ref } from './identity.ts';

/** An issue as the sweep of a whole history reads it: its words and links, without pull requests and timeline. */
export interface IssueRecord extends IssueWords, Pick<TaskFacts, 'childrenTotal'> {
  /** Title of its milestone. */
  readonly milestone: string | null;
  /** Issues that it waits for, open and closed, as far as the reader may see them. */
  readonly blockers: Reading<readonly Ref[]>;
}

/** What stands on the issue itself. */
export type IssueWords = Pick<
  TaskFacts,
  | 'ref'
  | 'url'
  | 'title'
  | 'body'
  | 'state'
  | 'stateReason'
  | 'author'
  | 'createdAt'
  | 'closedAt'
  | 'issueType'
  | 'labels'
  | 'parent'
>;
