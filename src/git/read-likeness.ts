import { chunksOf, type FileChunks, likeness, mostLikeness } from '../core/risk/rename-likeness.ts';
import { type FoundObject, findObjects } from './find-objects.ts';
import type { Repository } from './open-repository.ts';
import { readBlobs } from './read-blobs.ts';

/**
 * Git's merges take two files for one, renamed, from a likeness of one half. What is asked of here are the two sides of a
 * file that a merge brings together, not their sum: the margin is for that.
 */
const LIKE = 0.4;
/** Larger files, and all beyond so many bytes together, count as alike without being read. */
const LARGEST_BYTES = 1024 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;
/** So many comparisons take a second or two. */
const MOST_COMPARISONS = 200_000;

export type IsLike = (one: string, other: string) => boolean;

/**
 * Whether git may take one of `sources` for one of `targets`, renamed; both are named as `commit:path`. What is missing is
 * like nothing. What git cannot tell, and what would take too long, counts as alike.
 */
export async function readLikeness(
  repository: Repository,
  sources: ReadonlySet<string>,
  targets: ReadonlySet<string>,
): Promise<IsLike> {
  const found = await findObjects(repository, [...new Set([...sources, ...targets])].filter(isText));
  if (found === null) return () => true;
  const ids = idsToRead(found, [...sources], [...targets]);
  const contents = await readBlobs(repository, ids);
  const chunks = new Map<string, FileChunks>();
  const chunksBy = (id: string): FileChunks | null => {
    const content = contents.get(id);
    if (content === undefined) return null;
    const known = chunks.get(id) ?? chunksOf(content);
    chunks.set(id, known);
    return known;
  };
  const known = new Map<string, boolean>();
  const compare = (one: FoundObject, other: FoundObject): boolean => {
    if (one.id === other.id) return true;
    if (one.type !== 'blob' || other.type !== 'blob' || mostLikeness(one.bytes, other.bytes) < LIKE) return false;
    const key = `${one.id} ${other.id}`;
    const answer =
      known.get(key) ?? (known.size < MOST_COMPARISONS ? isLike(chunksBy(one.id), chunksBy(other.id)) : true);
    if (known.size < MOST_COMPARISONS) known.set(key, answer);
    return answer;
  };
  return (one, other) => {
    if (!isText(one) || !isText(other)) return true;
    const [source, target] = [found.get(one), found.get(other)];
    return source !== undefined && target !== undefined && compare(source, target);
  };
}

const isLike = (one: FileChunks | null, other: FileChunks | null): boolean =>
  one === null || other === null || likeness(one, other) >= LIKE;

/** A path that is no text was not asked for as it is. */
const isText = (name: string): boolean => !name.includes('\ufffd');

/** Files with one on the other side that is as long, give or take; the shortest first, as far as there is room. */
function idsToRead(
  found: ReadonlyMap<string, FoundObject>,
  sources: readonly string[],
  targets: readonly string[],
): readonly string[] {
  const [some, others] = [sources, targets].map((names) => blobsOf(found, names));
  const isMet = ({ bytes }: FoundObject, among: readonly FoundObject[]): boolean =>
    among.some((other) => mostLikeness(bytes, other.bytes) >= LIKE);
  const met = new Map(
    [
      ...(some ?? []).filter((one) => isMet(one, others ?? [])),
      ...(others ?? []).filter((one) => isMet(one, some ?? [])),
    ].map(({ id, bytes }) => [id, bytes]),
  );
  let room = MOST_BYTES;
  return [...met]
    .sort(([, one], [, other]) => one - other)
    .flatMap(([id, bytes]) => {
      room -= bytes;
      return room < 0 ? [] : [id];
    });
}

const blobsOf = (found: ReadonlyMap<string, FoundObject>, names: readonly string[]): readonly FoundObject[] =>
  names.flatMap((name) => {
    const one = found.get(name);
    return one?.type === 'blob' && one.bytes <= LARGEST_BYTES ? [one] : [];
  });
