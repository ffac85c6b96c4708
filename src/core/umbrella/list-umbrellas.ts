import type { Config } from '../config.ts';
import type { Instant, TaskFacts } from '../task/facts.ts';
import { formatRef } from '../task/identity.ts';
import { plannedIdOf, titleWithoutId } from '../task/planned-id.ts';
import type { TaskState } from '../task/state.ts';
import { type AssessedWork, assessWork, hasChildren } from './assess-work.ts';
import { isBatch } from './batch-umbrella.ts';
import { progressOf } from './progress.ts';
import type { CountedState } from './rollup.ts';
import type { WorkSnapshot } from './snapshot.ts';

export interface UmbrellaSummary {
  /** `owner/repo#n`. */
  readonly ref: string;
  readonly plannedId: string | null;
  /** Without the planned id in front of it. */
  readonly title: string;
  readonly url: string;
  /** Direct children, unread and private ones included. */
  readonly children: number;
  /** Direct children that are done or integrated. */
  readonly done: number;
  /** Direct children that were dropped: no part of the percentage. */
  readonly dropped: number;
  /** 0–100, rounded down; null when nothing is relevant. */
  readonly percentComplete: number | null;
  readonly state: TaskState | 'unknown';
}

interface ListUmbrellasOptions {
  readonly config: Config;
  readonly now: Instant;
  /** Also tasks that carry an umbrella label or type but have no children yet. */
  readonly all: boolean;
}

/**
 * Every task that has children, in the snapshot's order, batches aside; with `all` also those that only carry an umbrella's label or
 * type. For the viewer: nothing is hidden.
 */
export function listUmbrellas(snapshot: WorkSnapshot, options: ListUmbrellasOptions): readonly UmbrellaSummary[] {
  const work = assessWork(snapshot, options.config);
  const marks = marksOf(options.config);
  return [...snapshot.tasks.values()]
    .filter((task) => !isBatch(task))
    .filter((task) => hasChildren(task, work) || (options.all && isMarkedBy(task, marks)))
    .map((task) => summarize(task, work, options.config));
}

interface UmbrellaMarks {
  readonly labels: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
}

function marksOf(config: Config): UmbrellaMarks {
  const lower = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => name.toLowerCase()));
  return { labels: lower(config.tasks.umbrella.labels), types: lower(config.tasks.umbrella.types) };
}

/** Whether a task carries a label or type of umbrellas, with children or without. */
export const isMarkedUmbrella = (task: TaskFacts, config: Config): boolean => isMarkedBy(task, marksOf(config));

const isMarkedBy = (task: TaskFacts, marks: UmbrellaMarks): boolean =>
  task.labels.some((label) => marks.labels.has(label.toLowerCase())) ||
  (task.issueType !== null && marks.types.has(task.issueType.toLowerCase()));

function summarize(task: TaskFacts, work: AssessedWork, config: Config): UmbrellaSummary {
  const { tasks, unread } = work.childrenOf(task);
  const unknown = Array.from({ length: unread }, (): CountedState => 'unknown');
  const progress = progressOf([...tasks.map((child) => work.stateOf(child).state), ...unknown]);
  const plannedId = plannedIdOf(task, config.tasks.ids);
  return {
    ref: formatRef(task.ref),
    plannedId,
    title: titleWithoutId(task.title, plannedId),
    url: task.url,
    children: progress.total,
    done: progress.complete,
    dropped: progress.counts.dropped,
    percentComplete: progress.percentComplete,
    state: work.stateOf(task).state,
  };
}
