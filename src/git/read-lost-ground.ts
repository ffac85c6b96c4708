import { addedBy, changesLostFile, editedBy, foldersBack, groundOf, removedBy } from '../core/risk/base-ground.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { findObjects } from './find-objects.ts';
import type { Repository } from './open-repository.ts';

/** What the base has lost and gained below a head since that left it. */
export interface LostGround {
  /** It puts a file into a folder that was there and no longer is. */
  readonly putsIntoLostFolder: boolean;
  /** Whether a file of the base was not there yet. False of any that no other head edits or removes. */
  readonly isNewToIt: (path: string) => boolean;
}

export interface GroundedHead {
  readonly own: readonly TouchedFile[];
  readonly onBase: readonly TouchedFile[];
  readonly mergeBases: readonly string[];
}

export interface GroundOptions {
  readonly basePaths: readonly string[];
  /** Of two heads by their places; no other pairs need be known. */
  readonly isAsked: (pair: readonly [number, number]) => boolean;
}

/**
 * Asks the merge bases of heads what they held, for `candidatePairs`: first which folders, then, only for heads that change
 * or put something where the base has lost it, which of the files that others
 * edit or remove. What git cannot tell counts as lost and
 * as new, so that the pair is tried.
 */
export async function readLostGround(
  repository: Repository,
  heads: readonly GroundedHead[],
  { basePaths, isAsked }: GroundOptions,
): Promise<readonly LostGround[]> {
  const ground = groundOf(basePaths);
  const back = heads.map(({ own, onBase }) => foldersBack(addedBy([...own, ...onBase]), ground));
  const folders = await askMergeBases(
    repository,
    heads.map(({ mergeBases }, place) => ({ mergeBases, paths: [...(back[place] ?? [])] })),
  );
  const puts = heads.map(({ mergeBases }, place) =>
    [...(back[place] ?? [])].some((folder) => mergeBases.some((base) => folders(base, folder) !== false)),
  );
  const isOpen = heads.map(({ own }, place) => puts[place] === true || changesLostFile(own, ground));
  const changed = heads.map(changedAlone);
  const files = await askMergeBases(
    repository,
    heads.map(({ mergeBases }, place) => {
      const others = changed.filter((_, other) => isOpen[place] === true && other !== place && isAsked([place, other]));
      return { mergeBases, paths: [...new Set(others.flatMap((paths) => [...paths]))] };
    }),
  );
  return heads.map(({ mergeBases }, place) => ({
    putsIntoLostFolder: puts[place] === true,
    isNewToIt: (path) => isOpen[place] === true && mergeBases.some((base) => files(base, path) !== true),
  }));
}

/** Files that it edits or removes; none of a head that adds some, which is tried with all of these anyway. */
function changedAlone({ own, onBase }: GroundedHead): ReadonlySet<string> {
  const files = [...own, ...onBase];
  return addedBy(files).size > 0 ? new Set() : new Set([...editedBy(files), ...removedBy(files)]);
}

interface Question {
  readonly mergeBases: readonly string[];
  readonly paths: readonly string[];
}

/** Whether a merge base has something at a path; null where nobody can tell. */
async function askMergeBases(
  repository: Repository,
  questions: readonly Question[],
): Promise<(mergeBase: string, path: string) => boolean | null> {
  const names = new Set(
    questions.flatMap(({ mergeBases, paths }) => mergeBases.flatMap((base) => paths.map((path) => `${base}:${path}`))),
  );
  const found = await findObjects(repository, [...names]);
  // A path that is no text was not asked for as it is.
  return (base, path) => (found === null || path.includes('\ufffd') ? null : found.has(`${base}:${path}`));
}
