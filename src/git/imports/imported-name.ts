/** What one statement of a source imports, as it is written there. */
export interface ImportedName {
  /** `./a.ts`, `react`, `a.b`, `crate::x` …; null where it is computed. */
  readonly name: string | null;
  /**
   * Names that are taken from it and may be files of their own: `b` and `c` in Python's `from a import b, c`. Absent in
   * other languages.
   */
  readonly members?: readonly string[];
}

/** Reads what a source imports, in the order of the text. Null where it cannot be read at all. */
export type ImportReader = (text: string, path: string) => readonly ImportedName[] | null;
