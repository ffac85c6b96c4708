import type { Instant } from '../task/facts.ts';
import { loginKey, type PastChange } from './past-change.ts';

/** So long ago, nobody counts as knowing a folder any more; as in the reference model. */
const REMEMBERED_DAYS = 365;
const DAY_MS = 86_400_000;

/** By folder, then by login in lower case: when the person changed or reviewed something there, in order. */
export type FolderTouches = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;

/** The folder by which people know a file: its first two (`src/cargo/ops/x.rs` → `src/cargo`); `.` for files in the root. */
export function reviewFolderOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.length === 0 ? '.' : folders.slice(0, 2).join('/');
}

/** Changed lines of files by their folders; files that only moved count as one line. */
export function linesByFolder(
  files: readonly { readonly path: string; readonly changedLines: number }[],
): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const { path, changedLines } of files) {
    const folder = reviewFolderOf(path);
    lines.set(folder, (lines.get(folder) ?? 0) + Math.max(1, changedLines));
  }
  return lines;
}

/** Who changed or reviewed what, and when: to be built once for many requests. */
export function indexTouches(past: readonly PastChange[]): FolderTouches {
  const touches = new Map<string, Map<string, number[]>>();
  for (const change of past)
    for (const { login, at } of touchesOf(change))
      for (const folder of change.changedLinesByFolder.keys()) {
        const people = touches.get(folder) ?? new Map<string, number[]>();
        const times = people.get(loginKey(login)) ?? [];
        times.push(Date.parse(at));
        touches.set(folder, people.set(loginKey(login), times));
      }
  for (const people of touches.values()) for (const times of people.values()) times.sort((a, b) => a - b);
  return touches;
}

const touchesOf = ({ author, at, reviews }: PastChange): readonly { readonly login: string; readonly at: Instant }[] =>
  author === null ? reviews : [{ login: author, at }, ...reviews];

/**
 * Share of the changed lines that lie in folders which a person changed or reviewed in the 365 days before `at`, above 0 to
 * 1, by login in lower case. What happened at `at` or later is not known yet. Who knows none of them is absent.
 */
export function familiarityWith(
  linesOfFolders: ReadonlyMap<string, number>,
  touches: FolderTouches,
  at: Instant,
): ReadonlyMap<string, number> {
  const now = Date.parse(at);
  const total = [...linesOfFolders.values()].reduce((sum, lines) => sum + lines, 0);
  const known = new Map<string, number>();
  for (const [folder, lines] of linesOfFolders)
    for (const [login, times] of touches.get(folder) ?? []) {
      const last = lastBefore(times, now);
      if (last !== null && last >= now - REMEMBERED_DAYS * DAY_MS && lines > 0)
        known.set(login, (known.get(login) ?? 0) + lines / total);
    }
  return new Map([...known].map(([login, share]) => [login, Math.min(1, share)]));
}

function lastBefore(times: readonly number[], moment: number): number | null {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < moment) low = middle + 1;
    else high = middle;
  }
  return times[low - 1] ?? null;
}
