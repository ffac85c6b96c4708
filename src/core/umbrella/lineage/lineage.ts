import type { Plan } from '../../plan/plan.ts';
import type { Instant, TaskFacts } from '../../task/facts.ts';
import type { Ref } from '../../task/identity.ts';

/** An issue of the family as it was read. */
export interface Relative extends Pick<TaskFacts, 'ref' | 'title' | 'url' | 'state' | 'body'> {
  readonly nodeId: string;
  /** The identity that reads wrote it: only then its markers are trusted. */
  readonly isOwn: boolean;
}

/** From a timeline: somebody added the link, or took it away. */
export interface LinkEvent {
  readonly kind: 'added' | 'removed';
  /** The other end: the parent, the child or the blocker. */
  readonly other: Ref;
  readonly actor: string | null;
  readonly at: Instant;
}

/** A list as GitHub shows it, and how many there are. */
export interface Family {
  readonly shown: readonly Relative[];
  readonly total: number;
}

/** What stands below a batch. */
export interface BatchFamily extends Family {
  /** Children that were added to it, oldest first. */
  readonly linkEvents: readonly LinkEvent[];
}

export interface Ancestor extends Relative {
  readonly children: Family | null;
  /** When it came under the next one, newest last. */
  readonly parentEvents: readonly LinkEvent[];
}

export interface LineageFacts {
  readonly task: Relative;
  /** Its parents so far, oldest first; those that may not be seen are left out. */
  readonly parentEvents: readonly LinkEvent[];
  /** False when there are more events than were read. */
  readonly isHistoryWhole: boolean;
  /** Nearest first, batches among them. */
  readonly ancestors: readonly Ancestor[];
  readonly children: Family;
  readonly blockers: Family;
  readonly blocked: Family;
  /** Children that were added, oldest first. */
  readonly linkEvents: readonly LinkEvent[];
  readonly blockerEvents: readonly LinkEvent[];
  /** When it was named as the blocker of others. */
  readonly blockedEvents: readonly LinkEvent[];
  /** What stands below batches, by the batch's node id. */
  readonly inBatches: ReadonlyMap<string, BatchFamily>;
}

/** Where a link comes from. */
export interface Provenance {
  /**
   * The kind of the plan that made it, where the ledger says so, or `scaffold` for the marker of a planned issue that the
   * reader's identity wrote; `person`: somebody linked it on GitHub; `unknown`: nothing says.
   */
  readonly source: Plan['kind'] | 'person' | 'unknown';
  /** What the plan's evidence goes by: `part_of`. */
  readonly rule: string | null;
  /** Id of the plan. */
  readonly plan: string | null;
  readonly by: string | null;
  readonly at: Instant | null;
}

export interface LineageEdge {
  readonly ref: Ref;
  readonly title: string;
  readonly url: string;
  readonly state: 'open' | 'closed';
  /** Null where the issues are not linked to each other, as siblings are not. */
  readonly link: Provenance | null;
}

export interface LineageGroup {
  readonly shown: readonly LineageEdge[];
  /** How many more there are that the reader may not see: counted, never named. */
  readonly private: number;
}

export interface Lineage {
  readonly task: LineageEdge;
  /** Nearest first; batches are no ancestors. */
  readonly ancestors: readonly LineageEdge[];
  readonly siblings: LineageGroup;
  readonly children: LineageGroup;
  readonly blockers: LineageGroup;
  readonly blocked: LineageGroup;
}
