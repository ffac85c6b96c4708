import { type GitObjects, type TreeEntry, writeTree } from './git-objects.ts';

/** Path to the id of the new blob; null takes the file away. */
export type TreeChanges = ReadonlyMap<string, string | null>;

/** The tree with files put in or taken away. Folders that no change touches are kept as they are, without being read. */
export function changeTree(objects: GitObjects, tree: string, changes: TreeChanges): string {
  const rooted = [...changes].flatMap(([path, blob]): readonly Change[] => {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    return parts.length === 0 ? [] : [{ parts, blob }];
  });
  return rooted.length === 0 ? tree : changeFolder(objects, tree, rooted);
}

interface Change {
  /** Names from here down to the file. */
  readonly parts: readonly string[];
  readonly blob: string | null;
}

function changeFolder(objects: GitObjects, tree: string, changes: readonly Change[]): string {
  const entries = new Map((objects.trees.get(tree) ?? []).map((entry) => [entry.name, entry]));
  const below = new Map<string, Change[]>();
  for (const change of changes) {
    const [name = ''] = change.parts;
    below.set(name, [...(below.get(name) ?? []), change]);
  }
  for (const [name, ofName] of below) {
    const entry = changeEntry(objects, { name, before: entries.get(name), changes: ofName });
    if (entry === null) entries.delete(name);
    else entries.set(name, entry);
  }
  return writeTree(objects, [...entries.values()]);
}

function changeEntry(
  objects: GitObjects,
  { name, before, changes }: { name: string; before: TreeEntry | undefined; changes: readonly Change[] },
): TreeEntry | null {
  let entry = before ?? null;
  for (const { parts, blob } of changes) {
    if (parts.length > 1) continue;
    if (blob !== null) entry = { name, type: 'blob', id: blob };
    else if (entry?.type === 'blob') entry = null;
  }
  const deeper = changes.filter(({ parts }) => parts.length > 1);
  if (deeper.length === 0) return entry;
  const folder = entry?.type === 'tree' ? entry.id : '';
  const id = changeFolder(
    objects,
    folder,
    deeper.map(({ parts, blob }) => ({ parts: parts.slice(1), blob })),
  );
  if ((objects.trees.get(id) ?? []).length > 0) return { name, type: 'tree', id };
  return entry?.type === 'blob' ? entry : null;
}

/** What stands at a path of a tree, the tree itself at the empty one; null: nothing. */
export function entryAt(objects: GitObjects, tree: string, path: string): TreeEntry | null {
  let entry: TreeEntry = { name: '', type: 'tree', id: tree };
  for (const part of path.split('/').filter((one) => one !== '')) {
    const found: TreeEntry | undefined =
      entry.type === 'tree' ? objects.trees.get(entry.id)?.find(({ name }) => name === part) : undefined;
    if (found === undefined) return null;
    entry = found;
  }
  return entry;
}

/** The text of the file at a path of a tree; null: there is none. */
export function textAt(objects: GitObjects, tree: string, path: string): string | null {
  const entry = entryAt(objects, tree, path);
  return entry?.type === 'blob' ? (objects.blobs.get(entry.id) ?? null) : null;
}

/** Every file of a tree: path to text. */
export function filesOfTree(objects: GitObjects, tree: string, prefix = ''): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { name, type, id } of objects.trees.get(tree) ?? []) {
    if (type === 'blob') files.set(prefix + name, objects.blobs.get(id) ?? '');
    else for (const [path, text] of filesOfTree(objects, id, `${prefix}${name}/`)) files.set(path, text);
  }
  return files;
}
