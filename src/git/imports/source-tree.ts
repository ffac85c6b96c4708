/** The files of one commit or folder. */
export interface SourceTree {
  /** Path, with slashes and relative to the root, to a name of its content: the same name is the same content. */
  readonly files: ReadonlyMap<string, string>;
  /** The texts of files, in the order asked; null for what is no text, too long, or gone. */
  readonly readTexts: (paths: readonly string[]) => Promise<readonly (string | null)[]>;
}
