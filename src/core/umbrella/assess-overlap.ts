import { coversPath } from '../covers-path.ts';
import { declaredPaths } from '../task/declared-paths.ts';
import type { TaskFacts } from '../task/facts.ts';
import { refKey } from '../task/identity.ts';
import { type LiveLane, touches } from './live-lane.ts';
import { pathsMeet } from './paths-meet.ts';

/** Whether a task would touch what somebody is changing already. */
export type Overlap =
  | { readonly kind: 'none' }
  /** The first lane that changes such a file, and that file, or what its task says of it. */
  | { readonly kind: 'overlap'; readonly lane: LiveLane; readonly path: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Judged by the paths that the task declares: files, folders or globs. Work on the task itself is not in its way. */
export function assessOverlap(task: TaskFacts, live: readonly LiveLane[]): Overlap {
  const patterns = declaredPaths(task);
  if (patterns.length === 0) return { kind: 'unknown', reason: 'paths unknown' };
  const { ofFile, ofPattern } = meeting(patterns);
  const doubts: string[] = [];
  for (const lane of live) {
    if (lane.tasks.includes(refKey(task.ref))) continue;
    const meetings = lane.paths.map((path) => ({ path, meets: lane.isDeclared ? ofPattern(path) : ofFile(path) }));
    const sure = meetings.find(({ meets }) => meets === 'yes');
    if (sure !== undefined) return { kind: 'overlap', lane, path: sure.path };
    const possible = meetings.find(({ meets }) => meets === 'maybe');
    if (possible !== undefined) doubts.push(`perhaps ${touches(lane, task.ref)} ${possible.path}`);
    if (lane.unread !== null) doubts.push(lane.unread);
  }
  const [reason] = doubts;
  return reason === undefined ? { kind: 'none' } : { kind: 'unknown', reason };
}

type Meets = (path: string) => ReturnType<typeof pathsMeet>;

/** Files are covered or not; what is only declared may be a pattern itself. Each pattern is compiled once. */
function meeting(patterns: readonly string[]): Readonly<Record<'ofFile' | 'ofPattern', Meets>> {
  const covers = patterns.map(coversPath);
  const ofFile: Meets = (path) => (covers.some((covered) => covered(path)) ? 'yes' : 'no');
  const ofPattern: Meets = (path) => {
    const all = patterns.map((pattern) => pathsMeet(pattern, path));
    return all.find((one) => one === 'yes') ?? all.find((one) => one === 'maybe') ?? 'no';
  };
  return { ofFile, ofPattern };
}
