import type { HeadState } from '../core/risk/plan-trials.ts';
import type { Standing } from '../core/risk/standing.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { layOutAttributes } from './lay-out-attributes.ts';
import { type Head, type ResolvedHead, resolveHeads } from './list-heads.ts';
import { type HeadHistory, loadHistory, orUntried } from './load-history.ts';
import { type BaseMerge, mergeOntoBase } from './merge-onto-base.ts';
import type { Repository } from './open-repository.ts';
import type { Answer } from './run-batch.ts';
import type { TrialCache } from './trial-cache.ts';
import { whyAbsent } from './why-absent.ts';

/** A head with all that is known before pairs are looked at. */
export interface SurveyedHead extends Head {
  readonly state: HeadState;
  /** Only of an unknown one. */
  readonly reason: string;
  /** The signal came first. */
  readonly isUntried?: true;
  /** Of one that the signal came before: what it changes, renames not looked for. */
  readonly rough?: readonly TouchedFile[];
  /** Of every head that was merged onto the base, cleanly or not. */
  readonly open: { readonly head: ResolvedHead; readonly standing: Standing; readonly merge: BaseMerge } | null;
}

export interface Survey {
  readonly heads: readonly SurveyedHead[];
  readonly basePaths: readonly string[];
  /** The attributes of the base, by which to merge. */
  readonly workTree: string;
  readonly tried: number;
}

export interface SurveyOptions {
  readonly base: ResolvedHead;
  readonly heads: readonly Head[];
  readonly cache: TrialCache;
  readonly signal?: AbortSignal;
  readonly patience?: AbortSignal;
  readonly onAnswered?: (count: number) => void;
}

type Found = Head & { readonly head: ResolvedHead | null; readonly history: HeadHistory };

/** Finds the heads, where each left the base, and what comes of merging each onto it. In the order of the heads. */
export async function surveyHeads(repository: Repository, options: SurveyOptions): Promise<Survey> {
  const { base, cache, signal, patience, onAnswered } = options;
  const [found, laidOut] = await Promise.all([findHeads(repository, options), layOutAttributes(repository, base.tree)]);
  const open = found.flatMap(({ head, history }) =>
    head !== null && history.known && history.standing.unmerged.size > 0 ? [{ head, standing: history.standing }] : [],
  );
  const placed = laidOut.known ? open : [];
  const { paths, workTree } = laidOut.known ? laidOut.value : { paths: [], workTree: '' };
  const { merges, rough, tried } = await mergeOntoBase(repository, placed, {
    ...{ base, cache, workTree },
    ...(signal ? { signal } : {}),
    ...(patience ? { patience } : {}),
    ...(onAnswered ? { onAnswered } : {}),
  });
  const roughOf = new Map([...rough].map(([{ head }, files]) => [head, files]));
  const mergeOf = new Map(placed.map(({ head }, index) => [head, merges[index]]));
  const untried = whyUnmerged(laidOut);
  const heads = found.map((one) => {
    const judged = surveyed(one, (one.head === null ? undefined : mergeOf.get(one.head)) ?? untried);
    const files = judged.isUntried && one.head !== null ? roughOf.get(one.head) : undefined;
    return files === undefined ? judged : { ...judged, rough: files };
  });
  return { heads, basePaths: paths, workTree, tried };
}

function whyUnmerged(laidOut: Answer<unknown>): Answer<BaseMerge> {
  if (laidOut.known) return { known: false, reason: 'it was not merged' };
  if (laidOut.isUntried) return laidOut;
  return { known: false, reason: `the base cannot be merged onto: ${laidOut.reason}` };
}

async function findHeads(repository: Repository, { base, heads }: SurveyOptions): Promise<readonly Found[]> {
  const resolved = await resolveHeads(repository, heads);
  const present = resolved.filter((head) => head !== null);
  const histories = await loadHistory(repository, base, present);
  const historyOf = new Map(present.map((head, index) => [head, histories[index]]));
  const absent = heads.filter((_, place) => resolved[place] == null);
  const reasons = absent.length === 0 ? [] : await whyAbsent(repository, absent);
  return heads.map((one, place) => {
    const head = resolved[place] ?? null;
    const reason = reasons[absent.indexOf(one)] ?? 'its history was not read';
    const missing = orUntried(repository, { known: false, reason });
    return { ...one, head, history: (head === null ? undefined : historyOf.get(head)) ?? missing };
  });
}

function surveyed({ name, commit, head, history }: Found, merge: Answer<BaseMerge>): SurveyedHead {
  const common = { name, commit: head?.commit ?? commit, reason: '', open: null };
  if (head === null || !history.known) {
    const reason = history.known ? '' : history.reason;
    return { ...common, state: 'unknown', reason, ...(!history.known && history.isUntried && { isUntried: true }) };
  }
  const { standing } = history;
  if (standing.unmerged.size === 0) return { ...common, state: 'merged' };
  if (!merge.known) {
    return { ...common, state: 'unknown', reason: merge.reason, ...(merge.isUntried && { isUntried: true }) };
  }
  const state = merge.value.conflicts === null ? 'clean' : 'conflict';
  return { ...common, state, open: { head, standing, merge: merge.value } };
}
