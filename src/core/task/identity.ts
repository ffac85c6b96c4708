/** A task is a GitHub issue; a pull request shares the same numbering, so one reference type serves both. */
export interface Ref {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

export interface RepositoryRef {
  readonly owner: string;
  readonly repo: string;
}
