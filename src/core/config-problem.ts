/** One thing that is wrong in a configuration file, with its place and its fix. */
export interface FileProblem {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** `tasks.artifacts[0].from`; empty for the whole file. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

export interface ConfigProblem extends FileProblem {
  /** Whose file: the repository's own, or the default in its owner's `.github` repository. */
  readonly source: 'repository' | 'owner';
}

/** The message with the key that it is about in front: "`body[1].attributes`: is missing". */
export const messageWithKey = ({ path, message }: Pick<FileProblem, 'path' | 'message'>): string =>
  path === '' ? message : `\`${path}\`: ${message}`;
