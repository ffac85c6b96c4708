import type { Instant } from '../../task/facts.ts';
import type { Ref } from '../../task/identity.ts';

/** What backfill knows of one issue; pull requests are none. */
export interface BackfillTask {
  readonly ref: Ref;
  readonly plannedId: string | null;
  readonly title: string;
  readonly body: string;
  readonly author: string | null;
  readonly labels: readonly string[];
  readonly issueType: string | null;
  /** Title of the milestone. */
  readonly milestone: string | null;
  /** Null when it is not known: imported history may have no times. */
  readonly createdAt: Instant | null;
  /** Null when it is open, or when the time is not known. */
  readonly closedAt: Instant | null;
  readonly parent: Ref | null;
  readonly blockers: readonly Ref[];
}

/** What makes a task an umbrella: names of labels and issue types, whatever their case. */
export interface UmbrellaMarks {
  readonly labels: readonly string[];
  readonly types: readonly string[];
}

/** Whether a task carries a label or type of umbrellas. */
export function isMarked(task: Pick<BackfillTask, 'labels' | 'issueType'>, marks: UmbrellaMarks): boolean {
  const has = (names: readonly string[], name: string): boolean =>
    names.some((one) => one.toLowerCase() === name.toLowerCase());
  return (
    task.labels.some((label) => has(marks.labels, label)) ||
    (task.issueType !== null && has(marks.types, task.issueType))
  );
}
