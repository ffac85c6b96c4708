import pLimit from 'p-limit';
import { type CommitGraph, readCommitGraph, type Standing, standingOf } from '../core/risk/standing.ts';
import { indexHistory } from './index-history.ts';
import type { ResolvedHead } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';
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

/**
 * Merge bases and unmerged commits of every head, by one walk through history for all of them and one more per head that
 * met the base in several places off its first parents. In a shallow clone a head is known only where neither side of its
 * history was cut off before they met, and they met in one place.
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
  const isPlain = graph !== null && heads.every(({ commit }) => standingOf(graph, new Map(), commit).isSettled);
  const mainLine = isPlain ? new Map<string, number>() : await loadMainLine(repository, base);
  if (graph !== null && !isPlain) await indexIfWorthIt(repository, { base, heads, graph, mainLine });
  const limit = pLimit(WALKS_AT_ONCE);
  const load = async (head: ResolvedHead): Promise<HeadHistory> => {
    const own = graph ?? (await loadUnmerged(repository, base, [head]));
    if (own === null) return { known: false, reason: 'its history cannot be read' };
    const standing = standingOf(own, mainLine, head.commit);
    return checkDepth(repository, { base, head, found: await settle(repository, { base, head, standing }) });
  };
  return Promise.all(heads.map((head) => limit(load, head)));
}

interface Walks {
  readonly base: ResolvedHead;
  readonly heads: readonly ResolvedHead[];
  readonly graph: CommitGraph;
  readonly mainLine: ReadonlyMap<string, number>;
}

async function indexIfWorthIt(repository: Repository, { base, heads, graph, mainLine }: Walks): Promise<void> {
  const walks = heads.filter(({ commit }) => !standingOf(graph, mainLine, commit).isSettled).length;
  if (walks > WALKS_WITHOUT_INDEX) {
    await indexHistory(
      repository,
      [base, ...heads].map(({ commit }) => commit),
    );
  }
}

interface Meeting {
  readonly base: ResolvedHead;
  readonly head: ResolvedHead;
}

/** Several commits where a head leaves the base's history are merge bases only if none is behind another: git tells. */
async function settle(
  repository: Repository,
  { base, head, standing }: Meeting & { readonly standing: Standing },
): Promise<HeadHistory> {
  if (standing.isSettled) return { known: true, standing };
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
