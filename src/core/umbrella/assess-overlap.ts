import { coversPath } from '../covers-path.ts';
import type { Reading } from '../reading.ts';
import { declaredPaths } from '../task/declared-paths.ts';
import type { TaskFacts } from '../task/facts.ts';
import { formatRef, type Ref } from '../task/identity.ts';

/** An open pull request of a lane that is at work, with the files that it changes. */
export interface LivePullRequest {
  readonly ref: Ref;
  readonly paths: Reading<readonly string[]>;
}

/** Whether a task would touch what somebody is changing already. */
export type Overlap =
  | { readonly kind: 'none' }
  /** The first pull request that changes such a file, and that file. */
  | { readonly kind: 'overlap'; readonly pullRequest: Ref; readonly path: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Judged by the paths that the task declares: files, folders or globs. */
export function assessOverlap(task: TaskFacts, live: readonly LivePullRequest[]): Overlap {
  const patterns = declaredPaths(task).map(coversPath);
  if (patterns.length === 0) return { kind: 'unknown', reason: 'paths unknown' };
  for (const { ref, paths } of live) {
    const files = paths.known ? paths.value : [];
    const path = files.find((file) => patterns.some((covers) => covers(file)));
    if (path !== undefined) return { kind: 'overlap', pullRequest: ref, path };
  }
  const unread = live.find(({ paths }) => !paths.known);
  if (unread === undefined) return { kind: 'none' };
  return { kind: 'unknown', reason: `files of ${formatRef(unread.ref, task.ref)} not read` };
}
