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
