import { join } from 'node:path';
import { visibleLine } from '../core/markdown.ts';
import type { BaseFinding, ConflictReport } from '../core/risk/conflict-report.ts';
import { fanInOf } from '../core/risk/import-graph.ts';
import { namesOfFile } from '../core/risk/met-files.ts';
import type { OpenChange } from '../core/risk/open-change.ts';
import { type PairRisk, pairKey } from '../core/risk/pair-risk.ts';
import type { NotListed } from '../core/risk/pairs-not-listed.ts';
import { readPairs } from '../core/risk/read-pairs.ts';
import { isManual, LIKELY } from '../core/risk/risk-of-pull-request.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { findConflicts } from '../git/find-conflicts.ts';
import { importCacheFile } from '../git/imports/import-cache-file.ts';
import { treeOfCommit } from '../git/imports/tree-of-commit.ts';
import type { Head, ResolvedHead } from '../git/list-heads.ts';
import { readTouchedFiles } from '../git/read-touched-files.ts';
import type { TrialCache } from '../git/trial-cache.ts';
import { estimateUntried, type UntriedEstimates } from './estimate-untried.ts';
import type { OperationContext } from './operation.ts';
import { placeOnBase } from './place-on-base.ts';
import { type OpenClone, untilAll } from './risk-clone.ts';
import type { ImportsRead, RiskFacts } from './risk-facts.ts';
import type { RiskTime } from './risk-time.ts';

export interface CloneLook {
  readonly base: ResolvedHead;
  readonly heads: readonly Head[];
  readonly only: ReadonlySet<string> | null;
  readonly isRegenerated: (path: string) => boolean;
  /** Also the lines of changes that conflict with nothing here: to estimate how they meet others. */
  readonly needsAllHunks?: boolean;
  /** Also pairs one side of which does not merge onto the base. */
  readonly isThorough?: boolean | undefined;
  /** Where what past merges taught is kept; null where nothing is. */
  readonly learnedIn: string | null;
}

/** What a clone tells of heads: verified as far as its time went, the rest of the pairs estimated. */
export interface CloneFindings {
  readonly pairs: readonly PairRisk[];
  readonly onBase: ReadonlyMap<string, BaseFinding>;
  /** By name; null where a head's files could not be read. With hunks wherever it may conflict with another. */
  readonly files: ReadonlyMap<string, readonly TouchedFile[] | null>;
  /** Names of those that change nothing of the base any more, though it does not hold their commits. */
  readonly contained: ReadonlySet<string>;
  /** Unknown pairs that are too many to be among the pairs. */
  readonly unlisted: number;
  /** The same beside pairs that wait, and estimates. */
  readonly notListed: NotListed;
  /** What its time did not reach, and what keeps its answers from being kept. */
  readonly remarks: readonly string[];
}

type Asking = Pick<OperationContext, 'now' | 'onProgress' | 'stop' | 'machine'>;

/** Trial merges of all pairs that could collide, and the lines of the changes that do. */
export async function lookIntoClone(context: Asking, clone: OpenClone, look: CloneLook): Promise<CloneFindings> {
  const { base, heads, only, isRegenerated, learnedIn, needsAllHunks = false, isThorough = false } = look;
  const { seconds, endsAtMs, patience, trials, lines } = clone.time;
  const cache = clone.trials();
  const report = await findConflicts(clone.repository, {
    ...{ base, heads, isRegenerated, isThorough },
    ...{ ...(trials && { signal: trials }), ...(patience && { patience }) },
    ...(only === null ? {} : { only }),
    cache,
    onProgress: ({ step, done, total }) =>
      context.onProgress?.({ label: step === 'base' ? 'merging onto the base' : 'merging pairs', done, total }),
  });
  const meeting = new Set(
    [...report.pairs.filter(isHit), ...report.untried, ...report.hopeless].flatMap(({ a, b }) => [a, b]),
  );
  const shown = report.heads.filter(({ name, isUntried }) => needsAllHunks || isUntried || meeting.has(name));
  const patches = await readTouchedFiles(clone.repository, { base, heads: shown, ...(lines && { signal: lines }) });
  const withHunks = new Map(shown.map(({ name }, place) => [name, patches[place]]));
  const named = new Map(
    report.heads.map(({ name, onBase, touched, isUntried }) => {
      const patch = withHunks.get(name);
      const isUnread = onBase.verdict === 'unknown' && !(isUntried && touched.length > 0);
      return [name, patch?.known ? patch.value : isUnread ? null : touched];
    }),
  );
  const files = await placeOnBase(clone.repository, named, {
    ...{ base, heads: report.heads, pairs: report.pairs, signal: lines },
  });
  const estimated = await estimateUntried(report, {
    ...{ files, only, isRegenerated, now: context.now(), learnedIn },
    ...(endsAtMs !== undefined && { time: { endsAtMs, leastMs: LEAST_ESTIMATING_MS } }),
  });
  const isEstimated = new Set(estimated.pairs.map(({ a, b }) => pairKey(a, b)));
  // Whatever was not tried is estimated, and what is too unlikely to be listed is no longer unknown.
  if (estimated.left + estimated.notReached > 0)
    for (const { a, b } of [...report.untried, ...report.hopeless]) isEstimated.add(pairKey(a, b));
  return {
    pairs: [...report.pairs.filter(({ a, b }) => !isEstimated.has(pairKey(a, b))), ...estimated.pairs],
    onBase: new Map(report.heads.map(({ name, onBase }) => [name, onBase])),
    files,
    contained: new Set(report.heads.flatMap(({ name, isContained }) => (isContained ? [name] : []))),
    unlisted: estimated.unlisted,
    notListed: {
      ...{ unknown: estimated.unlisted, waiting: report.unlisted, notReached: estimated.notReached },
      ...{ estimated: estimated.left, estimatedUpTo: estimated.leftUpTo, estimatedConflicts: estimated.leftExpected },
    },
    remarks: [
      ...untriedRemarks(report, estimated, seconds),
      ...unlistedRemarks(report, estimated, base.name),
      ...cacheRemarks(cache),
    ],
  };
}

/** However little time there is: some ten thousand estimates. */
const LEAST_ESTIMATING_MS = 1000;

const isHit = ({ finding }: PairRisk): boolean =>
  'files' in finding && (finding.verdict === 'conflict' || finding.files.length > 0);

function untriedRemarks(
  { heads, untried, hopeless }: ConflictReport,
  { pairs: guessed, left, unlisted, notReached }: UntriedEstimates,
  seconds: number | undefined,
): readonly string[] {
  const late = heads.filter(({ isUntried }) => isUntried).length;
  const isHopeless = new Set(hopeless.map(({ a, b }) => pairKey(a, b)));
  const rest = guessed.filter(({ a, b }) => !isHopeless.has(pairKey(a, b)));
  if (late + untried.length === 0) return [];
  const listed = rest.filter(({ finding }) => finding.basis === 'estimated').length;
  const [estimated, unknown] = [listed + left, rest.length - listed + unlisted];
  const parts = [
    ...(late > 0 ? [`${late} of ${heads.length} heads were not merged onto the base`] : []),
    ...(estimated > 0 ? [`${estimated} pairs are estimated`] : []),
    ...(unknown > 0 ? [`${unknown} pairs are unknown`] : []),
    ...(notReached > 0 ? [`${notReached} pairs are not even estimated, and unknown`] : []),
  ];
  return [
    `${parts.join(', ')}: trial merges did not get to them ${inTime(seconds)}. Asked again, they go on from there.`,
  ];
}

/** What there is too much of to be listed is counted. */
function unlistedRemarks(
  { unlisted: waiting }: ConflictReport,
  { left, leftUpTo, unlisted }: UntriedEstimates,
  base: string,
): readonly string[] {
  const chance = leftUpTo >= LIKELY ? '' : `, with a chance of ${Math.ceil(leftUpTo * 100)} % or less`;
  return [
    ...(left > 0
      ? [`Not listed: ${left} pairs, estimated as no likelier to conflict than those that are${chance}.`]
      : []),
    ...(waiting > 0
      ? [`Not listed: ${waiting} pairs of heads that conflict with ${base}; what they meet is told once they do not.`]
      : []),
    ...(unlisted > 0 ? [unlistedUnknownRemark(unlisted)] : []),
  ];
}

export const unlistedUnknownRemark = (count: number): string =>
  `Not listed: ${count} pairs of heads that nobody could judge. They are unknown.`;

/** The result stands; only the next run takes as long again. */
const cacheRemarks = ({ trouble }: Pick<TrialCache, 'trouble'>): readonly string[] => {
  const reason = trouble();
  return reason === null ? [] : [`Nothing is kept for the next time. ${visibleLine(reason)}.`];
};

const inTime = (seconds: number | undefined): string =>
  seconds === undefined ? 'before the end' : `within ${seconds} s (--seconds)`;

/**
 * A change with what trial merges say of it: one that does not merge onto the base is held by that, but where it only
 * takes files that are made anew.
 */
export function withFindings<Change extends OpenChange>(
  change: Change,
  { onBase, files, base }: Pick<CloneFindings, 'onBase' | 'files'> & { readonly base: string },
): Change {
  const found = onBase.get(change.name);
  const anew = found?.verdict === 'conflict' && !isManual(found.files) ? found.files : [];
  const held = anew.length > 0 ? [] : holdOf(found, base);
  return {
    ...{ ...change, files: files.get(change.name) ?? null, heldBy: [...change.heldBy, ...held] },
    anew: anew.map(({ path }) => path),
  };
}

function holdOf(found: BaseFinding | undefined, base: string): readonly string[] {
  if (found?.verdict === 'unknown') return [`nobody can tell whether it merges onto ${base}: ${found.reason}`];
  return found?.verdict === 'conflict' ? [`conflicts with ${base}`] : [];
}

type Meetings = Parameters<typeof readPairs>[0] & { readonly base: ResolvedHead | null };

interface Dependents extends Pick<RiskFacts, 'dependents' | 'imports'> {
  /** That the time was up before they were told, and that what was read cannot be kept. */
  readonly remarks: readonly string[];
}

const NOT_READ: Dependents = { dependents: null, imports: null, remarks: [] };

/** How many files of the base depend on the files in which changes meet, null without a clone; nothing is read where none meet. */
export async function loadDependents(
  { onProgress, machine }: Asking,
  clone: OpenClone | null,
  { base, ...facts }: Meetings,
): Promise<Dependents> {
  if (clone === null || base === null || machine?.readsImports === false) return NOT_READ;
  const { cacheFolder, time } = clone;
  const isTold = (pair: PairRisk): boolean => pair.finding.basis === 'estimated' || isHit(pair);
  // Which files thousands of pairs meet in takes seconds to find, and then there is no time left to read who depends on them.
  if (time.all?.aborted) return facts.pairs.some(isTold) ? { ...NOT_READ, remarks: [importsRemark(time)] } : NOT_READ;
  const repository = untilAll(clone);
  const { meets } = readPairs(facts, new Set(facts.changes.map(({ name }) => name)));
  const met = [...new Set([...meets.values()].flatMap((files) => files.flatMap(namesOfFile)))];
  const paths = met.filter((path) => !facts.isRegenerated(path));
  if (paths.length === 0) return { ...NOT_READ, dependents: new Map() };
  const tree = await treeOfCommit(repository, base.tree);
  if (!tree.known) return time.all?.aborted ? { ...NOT_READ, remarks: [importsRemark(time)] } : NOT_READ;
  const { cache, save, trouble } = importCacheFile(join(cacheFolder, 'imports-1.jsonl'));
  const { readImportGraph } = await import('../git/imports/read-import-graph.ts');
  const graph = await readImportGraph(tree.value, {
    cache,
    onProgress: (done, total) => onProgress?.({ label: 'reading imports', done, total }),
    ...(time.all && { signal: time.all }),
  }).catch((cause: unknown) => {
    if (time.all?.aborted) return null;
    throw cause;
  });
  save();
  const remarks = cacheRemarks({ trouble });
  if (graph === null) return { ...NOT_READ, remarks: [importsRemark(time), ...remarks] };
  const fanIn = fanInOf(graph, paths);
  return {
    dependents: new Map([...fanIn].map(([path, { dependents }]) => [path, dependents])),
    imports: { files: graph.files, unread: sumOf(graph.unread), unresolved: graph.unresolved } satisfies ImportsRead,
    remarks,
  };
}

const importsRemark = ({ seconds }: RiskTime): string =>
  `What depends on files is not counted: imports were not all read ${inTime(seconds)}. Asked again, it goes on from there.`;

const sumOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
