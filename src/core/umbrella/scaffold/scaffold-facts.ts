import type { Ref } from '../../task/identity.ts';
import type { UmbrellaRoom } from '../links/plan-batches.ts';

/** What must be known of an umbrella before tasks are made under it. */
export interface ScaffoldFacts {
  readonly umbrella: ScaffoldUmbrella;
  /** What stands above it, nearest first. */
  readonly ancestors: readonly Ref[];
  /** Where more children may go. */
  readonly room: UmbrellaRoom;
  /** Every child that the reader may see: those below batches, but not the batches themselves. */
  readonly children: readonly ScaffoldChild[];
  /** Issues that were children once and were taken out. */
  readonly formerChildren: readonly FormerChild[];
  /** Children that the reader may not see. */
  readonly hiddenChildren: number;
}

export interface ScaffoldUmbrella {
  readonly ref: Ref;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly milestone: string | null;
}

export interface ScaffoldChild {
  readonly ref: Ref;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  /** The reading identity wrote it: only then its marker is trusted. */
  readonly isOwn: boolean;
  readonly blockers: readonly Ref[];
  /** Dependencies that were there once and that somebody took away. */
  readonly formerBlockers: readonly Ref[];
}

export interface FormerChild extends ScaffoldChild {
  /** The reading identity made it, closed it as not planned and took it out of the umbrella, as `plan undo` does. */
  readonly isUndone: boolean;
}

/** What the templates name and GitHub has; all in lower case. */
export interface KnownNames {
  readonly labels: ReadonlySet<string>;
  /** The repository's labels as it spells them, the first hundred: for saying which one was meant. */
  readonly labelNames: readonly string[];
  readonly assignable: ReadonlySet<string>;
  readonly openMilestones: ReadonlySet<string>;
  readonly issueTypes: ReadonlySet<string>;
  /** False where GitHub says that the reader may make none. */
  readonly mayCreateLabels: boolean;
}

/** Names as the templates give them, each once. */
export interface WantedNames {
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly milestones: readonly string[];
  readonly issueTypes: readonly string[];
}
