import { addedBy, editedBy, foldersBack, groundOf, lostFiles, removedBy } from '../core/risk/base-ground.ts';
import { readRawDiff } from '../core/risk/read-raw-diff.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { findObjects } from './find-objects.ts';
import { type ResolvedHead, resolveHeads } from './list-heads.ts';
import type { Repository } from './open-repository.ts';
import { type IsLike, readLikeness } from './read-likeness.ts';
import { runBatch } from './run-batch.ts';

/** What the base has lost and gained below a head since that left it. */
export interface LostGround {
  /** It puts a file into a folder that was there and no longer is. */
  readonly putsIntoLostFolder: boolean;
  /** Whether a file was not there yet; told of those that the heads it is asked to meet edit or remove. */
  readonly isNewToIt: (path: string) => boolean;
  /** Whether a file there, of another head (by its place) or of the base, may be taken for one that it changes and the base lost. */
  readonly isLikeLost: (path: string, other: number) => boolean;
}

export interface GroundedHead {
  readonly commit: string;
  readonly own: readonly TouchedFile[];
  readonly onBase: readonly TouchedFile[];
  readonly mergeBases: readonly string[];
}

export interface GroundOptions {
  readonly base: ResolvedHead;
  readonly basePaths: readonly string[];
  /** Places of heads; only pairs with one of them need be known. Null: all. */
  readonly asked: ReadonlySet<number> | null;
}

/**
 * Asks the merge bases of heads what they held, for `candidatePairs`: first which folders, then, only for heads that change
 * or put something where the base has lost it, which of the files that others edit or remove. Those that the base has are
 * told by its difference from each merge base, which is shorter than asking for one after the other; but where few paths of
 * few heads are in question, these are asked for alone. What git cannot tell counts as lost and as new, so that the pair is tried.
 */
export async function readLostGround(
  repository: Repository,
  heads: readonly GroundedHead[],
  { base, basePaths, asked }: GroundOptions,
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
  const lost = heads.map(({ own }) => lostFiles(own, ground));
  const isOpen = lost.map((files, place) => puts[place] === true || files.length > 0);
  const changed = heads.map(changedBy);
  const kept = new Set(basePaths);
  const isAlone = asked !== null && [...asked].flatMap((place) => [...(changed[place] ?? [])]).length <= FEW_PATHS;
  const isTold = (place: number): boolean => isOpen[place] === true && (!isAlone || asked.has(place));
  const since = await filesSince(
    repository,
    base,
    heads.flatMap(({ mergeBases }, place) => (isTold(place) ? mergeBases : [])),
  );
  const files = await askMergeBases(
    repository,
    heads.map(({ mergeBases }, place) => {
      const isAsked = (other: number): boolean => asked === null || asked.has(place) || asked.has(other);
      const others = changed.filter((_, other) => isOpen[place] === true && other !== place && isAsked(other));
      const paths = new Set(others.flatMap((all) => [...all].filter((path) => !isTold(place) || !kept.has(path))));
      return { mergeBases, paths: [...paths] };
    }),
  );
  const isNewSince = (place: number, mergeBase: string, path: string): boolean =>
    isTold(place) && kept.has(path) ? since.get(mergeBase)?.has(path) !== false : files(mergeBase, path) !== true;
  const isNewTo = (place: number, path: string): boolean =>
    isOpen[place] === true && (heads[place]?.mergeBases ?? []).some((one) => isNewSince(place, one, path));
  const isLike = await readLikenessOfLost(repository, heads, {
    ...{ base, asked, isNewTo },
    lost: lost.map((files, place) => (puts[place] === true ? [] : files)),
  });
  return heads.map((_, place) => ({
    putsIntoLostFolder: puts[place] === true,
    isNewToIt: (path) => isNewTo(place, path),
    isLikeLost: (path, other) => puts[place] === true || isLike(place, path, other),
  }));
}

interface LikenessOptions {
  readonly base: ResolvedHead;
  readonly asked: ReadonlySet<number> | null;
  readonly isNewTo: (place: number, path: string) => boolean;
  /** By place, the files to compare with. */
  readonly lost: readonly (readonly string[])[];
}

/** Compares the files that heads change and the base has lost with what each other head puts, edits or removes. */
async function readLikenessOfLost(
  repository: Repository,
  heads: readonly GroundedHead[],
  { base, asked, isNewTo, lost }: LikenessOptions,
): Promise<(place: number, path: string, other: number) => boolean> {
  const sources = lost.map((files, place) =>
    files.flatMap((path) => (heads[place]?.mergeBases ?? []).map((mergeBase) => `${mergeBase}:${path}`)),
  );
  const targets = (path: string, other: number): readonly string[] =>
    [heads[other]?.commit, base.commit].map((commit) => `${commit}:${path}`);
  const losing = lost.flatMap((files, place) => (files.length > 0 ? [place] : []));
  const asking = (other: number): readonly number[] =>
    losing.filter((place) => place !== other && (asked === null || asked.has(place) || asked.has(other)));
  const wanted = heads.flatMap((head, other) => {
    const places = asking(other);
    if (places.length === 0) return [];
    const files = [...head.own, ...head.onBase];
    const others = [...changedBy(head)].filter((path) => places.some((place) => isNewTo(place, path)));
    return [...addedBy(files), ...others].flatMap((path) => targets(path, other));
  });
  const isLike: IsLike = await readLikeness(repository, new Set(sources.flat()), new Set(wanted));
  return (place, path, other) =>
    (sources[place] ?? []).some((source) => targets(path, other).some((target) => isLike(source, target)));
}

/** Up to so many paths, naming them to every merge base takes less than reading its whole difference from the base. */
const FEW_PATHS = 100;

const ADDED = ['diff-tree', '--stdin', '-r', '--no-renames', '--diff-filter=A', '--raw', '-z'];

/** By merge base, the files that the base has gained since; what git cannot tell is left out. */
async function filesSince(
  repository: Repository,
  base: ResolvedHead,
  mergeBases: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const commits = [...new Set(mergeBases)].map((commit) => ({ name: commit, commit }));
  const found = (await resolveHeads(repository, commits)).filter((one) => one !== null);
  const lines = found.map(({ tree }) => `${tree} ${base.tree}`);
  const answers = await runBatch(repository, { args: ADDED, lines, read: readRawDiff });
  const since = answers.map((answer) => (answer.known ? new Set(answer.value.files.map(({ path }) => path)) : null));
  return new Map(found.flatMap(({ commit }, place) => (since[place] ? [[commit, since[place]]] : [])));
}

/** Files that it edits or removes. */
function changedBy({ own, onBase }: GroundedHead): ReadonlySet<string> {
  const files = [...own, ...onBase];
  return new Set([...editedBy(files), ...removedBy(files)]);
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
