import { hunksOf, madeUpText, textOf } from '../git/made-up-text.ts';
import { resolveTime } from './relative-time.ts';
import type { PullRequestEntry, RepositoryEntry } from './world-file-schema.ts';

/** Lines of a file that a story only changes; enough that edits of some lines keep apart. */
const USUAL_LINES = 80;

type FileEntry = Exclude<PullRequestEntry['files'][number], string>;

/**
 * The files that a repository begins with: those that the file writes out, and a made-up text for each that a pull request
 * changes, renames or removes before any adds it. It is long enough for what is done to it and holds the lines that
 * the first patch expects.
 */
export function filesBefore(entry: RepositoryEntry, now: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const mentions = mentionsOf(entry, now);
  for (const [path, all] of mentions) {
    const [first] = all;
    if (entry.files[path] !== undefined || first === undefined || first.status === 'added') continue;
    files[path] = textBefore(path, all);
  }
  return { ...files, ...entry.files };
}

/** Path to what pull requests do to the file there, the earliest first. */
function mentionsOf(entry: RepositoryEntry, now: string): ReadonlyMap<string, readonly FileEntry[]> {
  const pulls = entry.pull_requests.map((pull) => ({ pull, at: resolveTime(pull.opened, now) }));
  const mentions = new Map<string, FileEntry[]>();
  for (const { pull } of pulls.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))) {
    for (const named of pull.files) {
      const file = typeof named === 'string' ? { path: named } : named;
      const before = file.previous_path ?? file.path;
      mentions.set(before, [...(mentions.get(before) ?? []), file]);
      if (before !== file.path)
        mentions.set(file.path, [...(mentions.get(file.path) ?? []), { ...file, status: 'added' }]);
    }
  }
  return mentions;
}

function textBefore(path: string, mentions: readonly FileEntry[]): string {
  const [first] = mentions;
  const hunks = mentions.flatMap(({ patch }) => (patch === undefined ? [] : hunksOf(patch)));
  const reach = Math.max(0, ...hunks.map(({ start, before }) => start + before.length));
  const taken = Math.max(0, ...mentions.map(({ deletions = 0 }) => deletions));
  const whole = first?.status === 'removed' && first.deletions !== undefined ? first.deletions : null;
  const length = whole ?? Math.max(USUAL_LINES, reach + 10, taken * 2);
  const lines = madeUpText(path, 'before', { additions: length, deletions: 0 }).split('\n').slice(0, -1);
  for (const { start, before } of hunks.toReversed()) lines.splice(Math.max(start - 1, 0), before.length, ...before);
  return textOf(lines);
}
