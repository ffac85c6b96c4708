/** A file in which a later step puts back what an earlier one changed. Lines count from 1. */
export interface UndoneFile {
  readonly path: string;
  /** Lines of the earlier step that are gone, and lines that it had taken out and that are back. */
  readonly removed: number;
  readonly restored: number;
  /** Whether the file is now, to the byte, what it was before; false where the later step changed other places too. */
  readonly isExact: boolean;
  readonly isDeleted: boolean;
  /** Where the later step puts lines back: first lines before and after it. */
  readonly places: readonly { readonly before: number; readonly after: number }[];
}

/** One step that puts back, in some files, what another did; whether on purpose is not said here. */
export interface Undoing {
  /** Places of both in the line of steps. */
  readonly victim: number;
  readonly by: number;
  readonly files: readonly UndoneFile[];
  /** Share of all lines that the victim changed, 0–1. */
  readonly share: number;
  /** Whether `by` does nothing else. */
  readonly isAll: boolean;
  /** How many earlier steps `by` takes something back of. */
  readonly victims: number;
}
