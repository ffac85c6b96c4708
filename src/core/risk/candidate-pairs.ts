import { addedBy, type BaseGround, editedBy, foldersBack, groundOf, lostFiles, removedBy } from './base-ground.ts';
import { foldersAbove } from './folders-above.ts';
import { type Pairs, pairSet } from './pair-set.ts';
import type { TouchedFile } from './touched-file.ts';

/** What a head changes: since it left the base, and on the base itself, where the base may have moved what it changes. */
export interface Change {
  readonly own: readonly TouchedFile[];
  readonly onBase: readonly TouchedFile[];
  /** Files in which it conflicts with the base, wherever the base has them: moving one moves the conflict. Absent where nobody tried. */
  readonly conflicts?: readonly string[];
  /** Its commits that the base does not have. Absent where nobody read its history. */
  readonly unmerged?: ReadonlySet<string>;
  /** Whether it puts a file into a folder that was there when it left the base and no longer is. */
  readonly putsIntoLostFolder?: boolean;
  /** Whether a file of the base was not there yet when it left; asked of files that other heads edit or remove. */
  readonly isNewToIt?: (path: string) => boolean;
  /**
   * Whether git may take what another head has at a path, or the base has there, for a file that this one changes and the
   * base has lost. Absent where nobody compared them: then it may.
   */
  readonly isLikeLost?: (path: string, other: number) => boolean;
  /** Its pairs are not tried now: that it shares a path with another is enough, and what git may take for a lost file is not asked. */
  readonly waits?: boolean;
}

/**
 * Pairs of heads (by their places, the smaller first) that git could bring into conflict; every other pair is clean.
 * They share an old or new path, here or where the base has moved it; or one has a file where the other has a folder; or
 * one leaves a folder (a rename out of it, or its last file gone) into which the other puts a file, because git moves such
 * files after the folder; or one puts a file into a folder that the base does not have and the other has something there,
 * because a folder that is back is no longer renamed; or one changes a file that the base no longer has, or puts one into a
 * folder that it no longer has, and the other adds a file, or edits or removes one that was not there before, because what
 * git takes for the old file, renamed, may then be another, if it is at all like it; or one changes a `.gitattributes`, which says how anything below it merges;
 * or they share a commit that the base does not have, because git then counts what each changes from there: what one takes
 * back of it is a change, and no change against the base.
 * `basePaths` are the files of the base; without any, none counts as gone. With `asked`, only pairs with one of these heads.
 */
export function candidatePairs(
  changes: readonly Change[],
  basePaths: readonly string[],
  asked: ReadonlySet<number> | null = null,
): Pairs {
  const footprints = changes.map(footprintOf);
  const ground = groundOf(basePaths);
  const touching = indexBy(footprints.map(({ paths }) => paths));
  const adding = indexBy(footprints.map(({ added }) => added));
  const leaving = indexBy(footprints.map((footprint) => foldersLeft(footprint, ground)));
  const reviving = indexBy(footprints.map(({ added }) => foldersBack(added, ground)));
  const found = pairSet(changes.length);
  const isAsked = (place: number): boolean => asked === null || asked.has(place);
  const meet = (some: readonly number[], others: readonly number[] = []): void => {
    if (others.length === 0) return;
    for (const one of some.filter(isAsked)) for (const other of others) found.add(one, other);
    if (asked !== null) for (const other of others.filter(isAsked)) for (const one of some) found.add(one, other);
  };
  const meetEachOther = (group: readonly number[]): void => {
    for (const [index, one] of group.entries())
      for (let before = 0; before < index; before += 1) {
        const other = group[before] ?? one;
        if (isAsked(one) || isAsked(other)) found.add(one, other);
      }
  };
  const commits = indexBy(changes.map(({ unmerged = new Set<string>() }) => unmerged));
  for (const index of [touching, commits]) for (const group of groupsIn(index)) meetEachOther(group);
  for (const [path, places] of touching)
    for (const above of foldersAbove(path)) for (const index of [touching, reviving]) meet(places, index.get(above));
  for (const [path, places] of adding) for (const above of foldersAbove(path)) meet(places, leaving.get(above));
  meet(
    placesOf(footprints, ({ paths }) => hasAttributes(paths)),
    [...footprints.keys()],
  );
  for (const [place, change] of changes.entries()) {
    if (change.waits === true) continue;
    if (change.putsIntoLostFolder !== true && lostFiles(change.own, ground).length === 0) continue;
    const others = asked === null || asked.has(place) ? footprints.keys() : asked;
    for (const other of others) {
      if (changes[other]?.waits !== true && mayBeTaken(footprints[other], change, other)) found.add(place, other);
    }
  }
  return found;
}

/** Those of several places, each once: heads that move a folder share its thousand files, and old ones most of their commits. */
function groupsIn(index: ReadonlyMap<string, readonly number[]>): Iterable<readonly number[]> {
  const groups = new Map<string, readonly number[]>();
  for (const places of index.values()) if (places.length > 1) groups.set(places.join(), places);
  return groups.values();
}

/** Whether it changes which files git pairs up as renamed, below a change that left the base earlier. */
function mayBeTaken(footprint: Footprint | undefined, { isNewToIt, isLikeLost }: Change, other: number): boolean {
  if (footprint === undefined) return false;
  const isLike = (path: string): boolean => isLikeLost?.(path, other) !== false;
  const { added, removed, edited } = footprint;
  return [...added].some(isLike) || [...removed, ...edited].some((path) => isNewToIt?.(path) === true && isLike(path));
}

interface Footprint {
  readonly paths: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  readonly edited: ReadonlySet<string>;
  readonly renames: readonly (readonly [string, string])[];
}

function footprintOf({ own, onBase, conflicts = [] }: Change): Footprint {
  const files = [...own, ...onBase];
  const touched = files.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath]));
  const renames = files.flatMap(({ path, oldPath, status }) =>
    status === 'renamed' && oldPath !== undefined ? [[oldPath, path] as const] : [],
  );
  return {
    ...{ paths: new Set([...touched, ...conflicts]), renames },
    ...{ added: addedBy(files), removed: removedBy(files), edited: editedBy(files) },
  };
}

/**
 * Folders that a head renames, as far as it can tell, or empties. The base may have moved the other files of a folder: who
 * takes the last one away completes the rename.
 */
function foldersLeft({ renames, removed }: Footprint, ground: BaseGround): ReadonlySet<string> {
  const left = new Set<string>();
  for (const [oldPath, path] of renames) {
    const kept = new Set(foldersAbove(path));
    for (const above of foldersAbove(oldPath)) if (!kept.has(above)) left.add(above);
  }
  const gone = new Map<string, number>();
  for (const path of removed) {
    if (!ground.has(path)) continue;
    for (const above of foldersAbove(path)) gone.set(above, (gone.get(above) ?? 0) + 1);
  }
  for (const [folder, count] of gone) if (count === ground.get(folder)) left.add(folder);
  return left;
}

function indexBy(keys: readonly ReadonlySet<string>[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (const [place, own] of keys.entries()) {
    for (const key of own) {
      const places = index.get(key);
      if (places === undefined) index.set(key, [place]);
      else places.push(place);
    }
  }
  return index;
}

function placesOf(footprints: readonly Footprint[], isMeant: (one: Footprint) => boolean): readonly number[] {
  return footprints.flatMap((one, place) => (isMeant(one) ? [place] : []));
}

function hasAttributes(paths: ReadonlySet<string>): boolean {
  return [...paths].some((path) => path === '.gitattributes' || path.endsWith('/.gitattributes'));
}
