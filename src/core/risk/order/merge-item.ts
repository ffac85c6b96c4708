/** One change that waits to be merged. */
export interface MergeItem {
  /** Unique: `#12`, or the name of a local ref. */
  readonly name: string;
  /** What it costs when it has to be redone, 0 or more, in any unit that is the same for all. */
  readonly weight: number;
  /** When it began to wait. */
  readonly enteredAt: string;
  /** The higher goes first; 0 where nobody gave one. */
  readonly priority: number;
  /** False while something other than the order keeps it from merging: a gate, a draft, a dependency outside. */
  readonly ready: boolean;
  /** What must be merged before it. Names that do not wait here are taken as merged. */
  readonly after: readonly string[];
}

/** Whichever of the two merges later is hit with this probability, 1 where a trial merge said so. */
export interface ConflictEdge {
  readonly a: string;
  readonly b: string;
  readonly probability: number;
}

export interface OrderLimits {
  readonly now: string;
  /** Days that nobody should wait beyond; null for no cap. */
  readonly maxWaitDays: number | null;
  /** As recorded; null where nothing was merged lately, and then only those beyond the cap already are hurried. */
  readonly mergesPerDay: number | null;
}
