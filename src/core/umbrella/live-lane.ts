import { declaredPaths } from '../task/declared-paths.ts';
import type { TaskFacts } from '../task/facts.ts';
import { formatRef, type Ref, refKey } from '../task/identity.ts';
import type { WorkSnapshot } from './snapshot.ts';

/** Work under way, whose files another lane had better leave alone. */
export interface LiveLane {
  readonly kind: 'pull_request' | 'branch' | 'claim';
  /** The pull request; of a branch or a claim the task. */
  readonly ref: Ref;
  /** Of the branch or the agent; null for a pull request. */
  readonly name: string | null;
  /** `refKey`s of the tasks that it is work on. */
  readonly tasks: readonly string[];
  /** Files that it changes, by their old and new names. */
  readonly paths: readonly string[];
  /** Nothing is changed yet: `paths` are the files, folders and globs that its task names. */
  readonly isDeclared: boolean;
  /** What is not known of its files, in words: `files of octo/harbor#7 not read`; null: they are all there. */
  readonly unread: string | null;
}

/** The snapshot's claims as lanes, but for those whose branch or pull request shows already what they change. */
export function claimLanes(
  { tasks, claims = new Map() }: WorkSnapshot,
  others: readonly LiveLane[],
): readonly LiveLane[] {
  const shown = new Set(others.flatMap((lane) => (lane.paths.length > 0 ? lane.tasks : [])));
  return [...claims].flatMap(([key, { agent }]): LiveLane[] => {
    const task = tasks.get(key);
    if (task === undefined) return [];
    const lane = declaredLane(task, { kind: 'claim', name: agent });
    return lane.paths.length === 0 && shown.has(key) ? [] : [lane];
  });
}

/** A lane of which only what the task says is known. */
export function declaredLane(task: TaskFacts, { kind, name }: Pick<LiveLane, 'kind' | 'name'>): LiveLane {
  const paths = declaredPaths(task);
  const unread = paths.length > 0 ? null : `paths of ${formatRef(task.ref)} unknown, which ${whoOf(kind, name)}`;
  return { kind, ref: task.ref, name, tasks: [refKey(task.ref)], paths, isDeclared: true, unread };
}

const whoOf = (kind: LiveLane['kind'], name: string | null): string =>
  kind === 'claim' ? `agent ${name} has claimed` : `branch ${name} is for`;

/** `#7 changes`, `branch tides of #5 changes`, `#5, claimed by agent a7, is to touch`: the path follows. */
export function touches({ kind, ref, name }: Pick<LiveLane, 'kind' | 'ref' | 'name'>, near?: Ref): string {
  const on = formatRef(ref, near);
  if (kind === 'claim') return `${on}, claimed by agent ${name}, is to touch`;
  return kind === 'branch' ? `branch ${name} of ${on} changes` : `${on} changes`;
}
