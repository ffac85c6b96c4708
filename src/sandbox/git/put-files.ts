import type { FileRecord } from '../world.ts';
import { changeTree, entryAt, textAt } from './change-tree.ts';
import { type GitObjects, writeBlob } from './git-objects.ts';
import { editedText, madeUpText } from './made-up-text.ts';
import { redoEdit } from './merge-texts.ts';

/**
 * The tree that a commit with these files has on top of another. A file without text gets one that fits its numbers; the
 * seed makes it differ from what other commits do to the same file.
 */
export function putFiles(
  objects: GitObjects,
  tree: string,
  { files, seed }: { files: readonly FileRecord[]; seed: string },
): string {
  const changes = new Map<string, string | null>();
  for (const file of files) {
    if (file.previousPath !== null) changes.set(file.previousPath, null);
    changes.set(
      file.path,
      file.status === 'removed' ? null : writeBlob(objects, textOfFile(objects, tree, { file, seed })),
    );
  }
  return changeTree(objects, tree, changes);
}

function textOfFile(objects: GitObjects, tree: string, { file, seed }: { file: FileRecord; seed: string }): string {
  const { path, previousPath, status, text } = file;
  if (text != null) return text;
  const before = textAt(objects, tree, previousPath ?? path);
  if (before === null || status === 'added') return madeUpText(path, seed, file);
  return editedText(before, { path, seed, size: file });
}

/** What a change did between two trees, put onto a third. */
export interface Carried {
  readonly files: readonly FileRecord[];
  readonly from: string;
  readonly to: string;
  readonly onto: string;
}

/**
 * File by file: a text that the story gives, an added file or one that did not change meanwhile is taken as the change left
 * it, even where that undoes what others did; any other edit is done again.
 */
export function carryFiles(objects: GitObjects, { files, from, to, onto }: Carried): string {
  const changes = new Map<string, string | null>();
  for (const { path, previousPath, status, text } of files) {
    if (previousPath !== null) changes.set(previousPath, null);
    const left = entryAt(objects, to, path);
    if (status === 'removed' || left?.type !== 'blob') {
      changes.set(path, null);
      continue;
    }
    const before = textAt(objects, from, previousPath ?? path);
    const current = textAt(objects, onto, previousPath ?? path);
    const isTaken = text != null || status === 'added' || before === null || current === null || before === current;
    const after = objects.blobs.get(left.id) ?? '';
    changes.set(path, isTaken ? left.id : writeBlob(objects, redoEdit({ before, after, current })));
  }
  return changeTree(objects, onto, changes);
}
