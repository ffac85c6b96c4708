import type { IssueForm } from './parse-issue-form.ts';

/** Where in which file a template says something. */
export interface FilePlace {
  /** `.github/parasol.yml`, `.github/lanes/api.md`; with its repository in front where it is another one's. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

export interface Placed<Value> {
  readonly value: Value;
  readonly place: FilePlace;
}

/** Something that is wrong in a template, with its place and its fix. */
export interface TemplateProblem extends FilePlace {
  readonly message: string;
  readonly fix: string;
}

/** The tasks of one lane as they were written; `{variables}` are not filled in yet. */
export interface LaneTemplate {
  readonly name: string;
  readonly place: FilePlace;
  readonly labels: readonly Placed<string>[];
  readonly milestone: Placed<string> | null;
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
  readonly type: Placed<string> | null;
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
