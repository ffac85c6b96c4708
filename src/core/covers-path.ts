import { matchesGlob } from './plan/matches-glob.ts';

/**
 * Whether a file lies where a pattern says: the file itself, a folder above it, or a glob of either. `*` and `?` stay
 * within one folder, `**` is any number of folders. In bounded time, whatever stands in the pattern.
 */
export function coversPath(pattern: string, path: string): boolean {
  const folders = path.split('/');
  // Which numbers of leading folders the pattern has matched so far.
  let reached = new Set([0]);
  for (const part of pattern.split('/')) reached = afterPart(part, folders, reached);
  return reached.size > 0;
}

function afterPart(part: string, folders: readonly string[], before: ReadonlySet<number>): Set<number> {
  if (part === '**') {
    const first = Math.min(...before);
    return new Set([...folders.keys(), folders.length].filter((depth) => depth >= first));
  }
  const after = [...before].filter((depth) => {
    const folder = folders[depth];
    return folder !== undefined && matchesGlob(part, folder);
  });
  return new Set(after.map((depth) => depth + 1));
}
