import pLimit from 'p-limit';
import { withHunks } from '../core/risk/read-hunks.ts';
import type { Standing } from '../core/risk/standing.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { DIFF_ARGS, diffTrees, roughDiffs, type TreePair } from './diff-trees.ts';
import { type Head, type ResolvedHead, resolveHeads } from './list-heads.ts';
import { loadHistory } from './load-history.ts';
import { type Repository, runIn } from './open-repository.ts';
import type { Answer } from './run-batch.ts';

export interface TouchedOptions {
  readonly base: ResolvedHead;
  readonly heads: readonly Head[];
  readonly signal?: AbortSignal;
}

/** Larger files are shown without their hunks, as binary ones are. */
const LARGEST_FILE = '16m';
const PATCHES_AT_ONCE = 4;
const PATCH_BYTES = 64 * 1024 * 1024;

/**
 * What each head changes since it left the base, with hunks; in the order of the heads. After criss-cross merges a file
 * counts that differs from any of the merge bases, with the hunks against the first. Unknown where a commit is missing or
 * the history does not reach back.
 */
export async function readTouchedFiles(
  repository: Repository,
  { base, heads, signal }: TouchedOptions,
): Promise<readonly Answer<readonly TouchedFile[]>[]> {
  const resolved = await resolveHeads(repository, heads);
  const present = resolved.filter((head) => head !== null);
  const history = await loadHistory(repository, base, present);
  const placed = present.flatMap((head, index) => {
    const known = history[index];
    return known?.known ? [{ head, standing: known.standing }] : [];
  });
  const read = await readOwnChanges(repository, placed, signal);
  const limit = pLimit(PATCHES_AT_ONCE);
  const answers = new Map<ResolvedHead, Promise<Answer<readonly TouchedFile[]>>>();
  for (const [index, { head }] of placed.entries()) {
    const own = read[index];
    if (own !== undefined)
      answers.set(head, own.known ? limit(addHunks, repository, own.value, signal) : Promise.resolve(own));
  }
  return Promise.all(
    resolved.map(async (head): Promise<Answer<readonly TouchedFile[]>> => {
      if (head === null) return { known: false, reason: 'its commit is not in this clone' };
      const why = history[present.indexOf(head)];
      return answers.get(head) ?? { known: false, reason: why?.known === false ? why.reason : 'it cannot be read' };
    }),
  );
}

export interface PlacedHead {
  readonly head: ResolvedHead;
  readonly standing: Standing;
}

/** A head's files against each of its merge bases. */
export interface OwnChanges {
  readonly diffs: readonly { readonly pair: TreePair; readonly files: readonly TouchedFile[] }[];
}

/** Raw diffs of each head against each of its merge bases, all in one batch. */
export async function readOwnChanges(
  repository: Repository,
  placed: readonly PlacedHead[],
  signal?: AbortSignal,
): Promise<readonly Answer<OwnChanges>[]> {
  const wanted = await ownPairs(repository, placed);
  const answers = await diffTrees(repository, wanted.flat(), signal);
  let at = 0;
  return wanted.map((pairs, index): Answer<OwnChanges> => {
    const own = answers.slice(at, at + pairs.length);
    at += pairs.length;
    const isWhole = pairs.length === placed[index]?.standing.mergeBases.length;
    if (!isWhole) return { known: false, reason: 'its merge base is not in this clone' };
    const unread = own.find((answer) => !answer.known);
    if (unread !== undefined) return unread;
    const diffs = pairs.map((pair, place) => {
      const answer = own[place];
      return { pair, files: answer?.known ? answer.value : [] };
    });
    return { known: true, value: { diffs } };
  });
}

/** What each head changes against its first merge base, renames not looked for; empty where that cannot be read. */
export async function readRoughChanges(
  repository: Repository,
  placed: readonly PlacedHead[],
): Promise<readonly (readonly TouchedFile[])[]> {
  const first = (await ownPairs(repository, placed)).map(([pair]) => pair);
  const answers = await roughDiffs(
    repository,
    first.filter((pair) => pair !== undefined),
  );
  let at = 0;
  return first.map((pair) => {
    const answer = pair === undefined ? undefined : answers[at++];
    return answer?.known ? answer.value : [];
  });
}

/** The trees of each head's merge bases that are there, each with its own. */
async function ownPairs(
  repository: Repository,
  placed: readonly PlacedHead[],
): Promise<readonly (readonly TreePair[])[]> {
  const bases = [...new Set(placed.flatMap(({ standing }) => standing.mergeBases))];
  const resolved = await resolveHeads(
    repository,
    bases.map((commit) => ({ name: commit, commit })),
  );
  const treeOf = new Map(bases.map((commit, index) => [commit, resolved[index]?.tree]));
  return placed.map(({ head, standing }) =>
    standing.mergeBases.flatMap((commit) => {
      const from = treeOf.get(commit);
      return from === undefined ? [] : [{ from, to: head.tree }];
    }),
  );
}

async function addHunks(
  repository: Repository,
  { diffs }: OwnChanges,
  signal?: AbortSignal,
): Promise<Answer<readonly TouchedFile[]>> {
  const files = new Map<string, TouchedFile>();
  for (const { pair, files: raw } of diffs) {
    const args = ['-c', `core.bigFileThreshold=${LARGEST_FILE}`, ...DIFF_ARGS, '-p', '-U0'];
    const input = `${pair.from} ${pair.to}\n`;
    const call = { args, input, maxOutputBytes: PATCH_BYTES, ...(signal === undefined ? {} : { signal }) };
    const { ended, stdout } = await runIn(repository, call);
    if (ended === 'cancelled') return { known: false, reason: 'it was cancelled' };
    // What was cut off has no hunks, and the file before the cut may lack some.
    const patch = ended === 'done' ? stdout : stdout.slice(0, Math.max(0, stdout.lastIndexOf('\ndiff --git ')));
    for (const file of withHunks(raw, patch)) if (!files.has(file.path)) files.set(file.path, file);
  }
  return { known: true, value: [...files.values()] };
}
