import type { FilePlace, Placed } from './file-place.ts';
import type { IssueForm } from './parse-issue-form.ts';

/** The tasks of one lane as they were written; `{variables}` are not filled in yet. */
export interface LaneTemplate {
  readonly name: string;
  readonly place: FilePlace;
  readonly labels: readonly Placed<string>[];
  /** Names of lanes. */
  readonly after: readonly Placed<string>[];
  readonly tasks: readonly TaskTemplate[];
}

export interface TaskTemplate {
  /** Unique within the lane. */
  readonly key: string;
  readonly title: Placed<string>;
  readonly body: TaskBody;
  /** Besides those of the lane. */
  readonly labels: readonly Placed<string>[];
  readonly assignees: readonly Placed<string>[];
  /** The lane's, where the task has none. */
  readonly milestone: Placed<string> | null;
  readonly type: Placed<string> | null;
  /** The task's own first, then those of the lane that it does not give. */
  readonly artifacts: readonly ArtifactValue[];
  /** Keys of tasks of the lane, names of lanes, or `lane/key`. */
  readonly after: readonly Placed<string>[];
}

export interface ArtifactValue {
  readonly field: string;
  readonly value: Placed<string>;
}

export type TaskBody =
  | { readonly kind: 'text'; readonly text: Placed<string> }
  | { readonly kind: 'form'; readonly form: IssueForm };

/** The one task of a lane without `tasks`. */
export const ONLY_TASK = 'task';
