import pLimit from 'p-limit';
import { type Ancestry, independentOf, readAncestry } from '../core/risk/independent-commits.ts';
import { type CommitGraph, readCommitGraph, type Standing, settledBy, standingOf } from '../core/risk/standing.ts';
import { indexHistory } from './index-history.ts';
import type { ResolvedHead } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';
import { placeHeads } from './place-heads.ts';
import { whyCancelled } from './run-batch.ts';
import { WHOLE_HISTORY } from './whole-history.ts';

/** Where a head stands against the base, or why nobody can tell. */
export type HeadHistory =
  | { readonly known: true; readonly standing: Standing }
  | { readonly known: false; readonly reason: string; readonly isUntried?: true };

const WALKS_AT_ONCE = 4;
/** Writing down where all of history stands takes about as long as a few walks through it. */
const WALKS_WITHOUT_INDEX = 4;
const SHALLOW = `the clone is shallow and does not reach back to where this left the base; ${WHOLE_HISTORY}`;

/** How far back the base is read at first for many heads at once, in its first parents, and by how much further then. */
const STRETCH = { first: 500, factor: 8 };

/**
 * Merge bases and unmerged commits of every head, by one walk through history for all of them, and another through the
 * base's for those that met it in several places off its first parents (where they are few, one each). In a shallow clone a
 * head is known only where neither side of its history was cut off before they met, and they met in one place.
 */
export async function loadHistory(
  repository: Repository,
  base: ResolvedHead,
  heads: readonly ResolvedHead[],
): Promise<readonly HeadHistory[]> {
  const known = walked.get(repository.trees) ?? new Map<string, HeadHistory>();
  walked.set(repository.trees, known);
  const key = ({ commit }: ResolvedHead): string => `${base.commit} ${commit}`;
  const missing = heads.filter((head) => !known.has(key(head)));
  const found = missing.length === 0 ? [] : await walk(repository, base, missing);
  for (const [place, head] of missing.entries()) {
    const history = found[place];
    if (history !== undefined) known.set(key(head), orUntried(repository, history));
  }
  return heads.map((head) => known.get(key(head)) ?? { known: false, reason: 'its history was not read' });
}

/** What git did not tell because it was ended says nothing about the history. */
export function orUntried({ signal }: Repository, history: HeadHistory): HeadHistory {
  if (history.known || signal?.aborted !== true) return history;
  return { known: false, reason: whyCancelled(signal), isUntried: true };
}

/**
 * What was found, until the repository is closed: whoever chooses, merges and reads heads asks for the same. By its set of
 * trees, which it shares with its copies under another signal.
 */
const walked = new WeakMap<Repository['trees'], Map<string, HeadHistory>>();

async function walk(
  repository: Repository,
  base: ResolvedHead,
  heads: readonly ResolvedHead[],
): Promise<readonly HeadHistory[]> {
  const graph = await loadUnmerged(repository, base, heads);
  const found = graph === null ? null : await placeHeads(graph, heads, repository.signal);
  const isPlain = found?.every((standing) => standing?.isSettled === true) ?? false;
  const mainLine = isPlain ? new Map<string, number>() : await loadMainLine(repository, base);
  const placed = found?.map((standing) => standing && settledBy(mainLine, standing)) ?? [];
  const crossed = placed.flatMap((standing) => (standing === null || standing.isSettled ? [] : [standing]));
  const ancestry =
    crossed.length > WALKS_WITHOUT_INDEX ? await indexAndRead(repository, { base, heads, mainLine, crossed }) : null;
  const limit = pLimit(WALKS_AT_ONCE);
  const load = async (head: ResolvedHead, place: number): Promise<HeadHistory> => {
    const standing = placed[place] ?? (await loadAlone(repository, { base, head, mainLine }));
    if (standing === null) return { known: false, reason: 'its history cannot be read' };
    const settled = await settle(repository, { base, head, standing, ancestry });
    return checkDepth(repository, { base, head, found: settled });
  };
  return Promise.all(heads.map((head, place) => limit(load, head, place)));
}

/** Where a part of some head's history is missing or broken, the others are read by themselves. */
async function loadAlone(
  repository: Repository,
  { base, head, mainLine }: Meeting & Pick<Crossing, 'mainLine'>,
): Promise<Standing | null> {
  const graph = await loadUnmerged(repository, base, [head]);
  return graph === null ? null : settledBy(mainLine, standingOf(graph, head.commit));
}

interface Crossing {
  readonly base: ResolvedHead;
  readonly heads: readonly ResolvedHead[];
  readonly mainLine: ReadonlyMap<string, number>;
  /** Of the heads that met the base in several places, none of them on its first parents. */
  readonly crossed: readonly Standing[];
}

async function indexAndRead(
  repository: Repository,
  { base, heads, mainLine, crossed }: Crossing,
): Promise<Ancestry | null> {
  await indexHistory(
    repository,
    [base, ...heads].map(({ commit }) => commit),
  );
  const met = new Set(crossed.flatMap(({ mergeBases }) => mergeBases));
  return loadAncestry(repository, { base, mainLine, met });
}

/**
 * As much of the base's history as holds all these commits of it: what is not behind one of its first parents. Whatever lies
 * between two of them is not behind that either, or the older would be. Null where it cannot be read.
 */
async function loadAncestry(
  repository: Repository,
  { base, mainLine, met }: Pick<Crossing, 'base' | 'mainLine'> & { readonly met: ReadonlySet<string> },
): Promise<Ancestry | null> {
  const line = [...mainLine.keys()];
  for (let length = STRETCH.first; ; length *= STRETCH.factor) {
    const end = line[length];
    const args = ['rev-list', '--topo-order', '--parents', base.commit, ...(end === undefined ? [] : [`^${end}`])];
    const { ended, stdout } = await runIn(repository, { args });
    if (ended !== 'done') return null;
    const ancestry = readAncestry(stdout);
    if (end === undefined || [...met].every((commit) => ancestry.places.has(commit))) return ancestry;
  }
}

interface Meeting {
  readonly base: ResolvedHead;
  readonly head: ResolvedHead;
}

/** Several commits where a head leaves the base's history are merge bases only if none is behind another. */
async function settle(
  repository: Repository,
  { base, head, standing, ancestry }: Meeting & { readonly standing: Standing; readonly ancestry: Ancestry | null },
): Promise<HeadHistory> {
  if (standing.isSettled) return { known: true, standing };
  const best = ancestry === null ? null : independentOf(ancestry, standing.mergeBases);
  if (best !== null) return { known: true, standing: { ...standing, mergeBases: best, isSettled: true } };
  const { ended, stdout } = await runIn(repository, { args: ['merge-base', '--all', base.commit, head.commit] });
  if (ended !== 'done') return { known: false, reason: 'its merge base cannot be read' };
  const mergeBases = stdout.split('\n').filter(Boolean).sort();
  return { known: true, standing: { ...standing, mergeBases, isSettled: true } };
}

async function checkDepth(
  repository: Repository,
  { base, head, found }: Meeting & { readonly found: HeadHistory },
): Promise<HeadHistory> {
  if (!found.known) return found;
  if (repository.shallow.size > 0) {
    const { ended, stdout } = await runIn(repository, { args: ['rev-list', `${base.commit}...${head.commit}`] });
    // Several merge bases are merged with each other first, from where they parted: further back than either side.
    const isCrossed = found.standing.mergeBases.length > 1;
    const isCut = isCrossed || ended !== 'done' || stdout.split('\n').some((commit) => repository.shallow.has(commit));
    if (isCut) return { known: false, reason: SHALLOW };
  }
  return found.standing.mergeBases.length > 0 ? found : { known: false, reason: 'it shares no history with the base' };
}

/** Null where a part of it is missing or broken. */
async function loadUnmerged(
  repository: Repository,
  base: ResolvedHead,
  heads: readonly ResolvedHead[],
): Promise<CommitGraph | null> {
  const input = [...heads.map(({ commit }) => commit), `^${base.commit}`, ''].join('\n');
  const { ended, stdout } = await runIn(repository, {
    args: ['rev-list', '--parents', '--boundary', '--stdin'],
    input,
  });
  return ended === 'done' ? readCommitGraph(stdout) : null;
}

/** The base's own commits, oldest last, with their places. Short where a part is missing: then git itself is asked more. */
async function loadMainLine(repository: Repository, base: ResolvedHead): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await runIn(repository, { args: ['rev-list', '--first-parent', base.commit] });
  return new Map(
    stdout
      .split('\n')
      .filter(Boolean)
      .map((commit, index) => [commit, index]),
  );
}
