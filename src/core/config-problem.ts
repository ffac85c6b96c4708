export interface ConfigProblem {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** `tasks.artifacts[0].from`; empty for the whole file. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}
