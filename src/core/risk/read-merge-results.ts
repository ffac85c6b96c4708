/** One message of a merge: its stable type (`CONFLICT (contents)`, `Auto-merging`) and the paths that it speaks of. */
export interface MergeMessage {
  readonly type: string;
  readonly paths: readonly string[];
}

/** A file that would be left unmerged. */
export interface UnmergedFile {
  readonly path: string;
  /** What meets in it, each as `mode blob stage`: two merges in which it is the same leave the same in the file. */
  readonly stages: string;
}

/** What `git merge-tree` made of two commits. */
export interface MergeResult {
  readonly isClean: boolean;
  /** The merged tree; with conflict markers where it is not clean. */
  readonly tree: string;
  /** Each path once. */
  readonly unmerged: readonly UnmergedFile[];
  readonly messages: readonly MergeMessage[];
}

/**
 * Reads the answers of `git merge-tree --write-tree --stdin`, in the order of its input. Each is `1` (clean) or `0`, the
 * tree, the unmerged entries up to an empty field, then messages up to another. A result that was cut off is left out.
 * Source: "Output" and "Input format" in git-merge-tree(1).
 */
export function readMergeResults(text: string): readonly MergeResult[] {
  const fields = text.split('\0');
  const results: MergeResult[] = [];
  for (let at = 0; at < fields.length; ) {
    const read = readOne(fields, at);
    if (read === null) break;
    results.push(read.result);
    at = read.next;
  }
  return results;
}

interface ReadResult {
  readonly result: MergeResult;
  readonly next: number;
}

/** The last field is what followed the last NUL: never the end of a result. */
function readOne(fields: readonly string[], start: number): ReadResult | null {
  const [status, tree] = [fields[start], fields[start + 1]];
  if (tree === undefined || !/^[0-9a-f]{40,64}$/.test(tree) || (status !== '0' && status !== '1')) return null;
  const entriesEnd = fields.indexOf('', start + 2);
  if (entriesEnd < 0 || entriesEnd >= fields.length - 1) return null;
  if (status === '1') {
    return { result: { isClean: true, tree, unmerged: [], messages: [] }, next: entriesEnd + 1 };
  }
  const unmerged = readUnmerged(fields.slice(start + 2, entriesEnd));
  const told = readMessages(fields, entriesEnd + 1);
  if (told === null) return null;
  return { result: { isClean: false, tree, unmerged, messages: told.messages }, next: told.next };
}

function readUnmerged(entries: readonly string[]): readonly UnmergedFile[] {
  const stages = new Map<string, string>();
  for (const entry of entries) {
    const tab = entry.indexOf('\t');
    const path = entry.slice(tab + 1);
    const before = stages.get(path);
    const stage = entry.slice(0, tab);
    stages.set(path, before === undefined ? stage : `${before} ${stage}`);
  }
  return Array.from(stages, ([path, sides]) => ({ path, stages: sides }));
}

function readMessages(fields: readonly string[], start: number) {
  const messages: MergeMessage[] = [];
  for (let at = start; at < fields.length - 1; ) {
    const count = fields[at];
    // The end is empty, or holds git's advice on submodules, which it prints between the fields.
    if (count === undefined || !/^\d+$/.test(count)) return { messages, next: at + 1 };
    const paths = Number(count);
    const type = fields[at + 1 + paths];
    if (type === undefined) return null;
    messages.push({ type, paths: fields.slice(at + 1, at + 1 + paths) });
    at += paths + 3;
  }
  return null;
}
