import { buildConflictHistory } from '../core/risk/conflict-history.ts';
import type { ConflictReport } from '../core/risk/conflict-report.ts';
import { keepLikeliest, type Likeliest } from '../core/risk/keep-likeliest.ts';
import type { PairRisk } from '../core/risk/pair-risk.ts';
import { type Pair, pairSet } from '../core/risk/pair-set.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { loadLearned } from './conflict-history-file.ts';
import { estimateApart } from './estimate-apart.ts';

/** How long to estimate. */
export interface EstimateTime {
  /** When the time is up, by `performance.now()`. */
  readonly endsAtMs: number;
  /** Milliseconds, however late it is. */
  readonly leastMs: number;
}

interface UntriedFacts {
  /** By name; null where a head's files could not be read. */
  readonly files: ReadonlyMap<string, readonly TouchedFile[] | null>;
  readonly only: ReadonlySet<string> | null;
  readonly isRegenerated: (path: string) => boolean;
  /** Where `risk learn` keeps what it found; null where nothing is. */
  readonly learnedIn: string | null;
  readonly now: string;
  /** Absent: as long as it takes. */
  readonly time?: EstimateTime | undefined;
}

/** More than anybody reads, and than a queue can be reckoned from in seconds. */
export const MOST_PAIRS = 20_000;

export interface UntriedEstimates extends Omit<Likeliest, 'kept'> {
  readonly pairs: readonly PairRisk[];
  /** Unknown pairs, too many to be listed: each has a head that nobody could judge. */
  readonly unlisted: number;
  /** How many the time did not reach: nothing is known of them. */
  readonly notReached: number;
}

/**
 * Estimates of the pairs that trial merges did not reach: those with a head that was not merged onto the base, and those
 * left over; and of those about which no merge would tell. Of a head whose files could not be read either, every pair is unknown.
 * Of hundreds of thousands, those are counted that the time did not reach.
 */
export async function estimateUntried(report: ConflictReport, facts: UntriedFacts): Promise<UntriedEstimates> {
  const { heads } = report;
  const untried = [...report.untried, ...report.hopeless];
  if (untried.length === 0 && !heads.some(({ isUntried }) => isUntried))
    return { pairs: [], left: 0, leftUpTo: 0, leftExpected: 0, unlisted: 0, notReached: 0 };
  const { files, learnedIn, now, isRegenerated } = facts;
  const shown = heads.map(({ name }) => ({ name, files: files.get(name) ?? [] }));
  const placeOf = new Map(heads.map(({ name }, place) => [name, place]));
  const left = pairSet(heads.length);
  for (const { a, b } of untried) left.add(placeOf.get(a) ?? 0, placeOf.get(b) ?? 0);
  const isLate = lateIn(report, facts);
  const history = buildConflictHistory(learnedIn === null ? [] : await loadLearned(learnedIn), now);
  const isDue = (pair: Pair): boolean => left.has(...pair) || isLate(pair);
  const { count, each } = estimateApart(shown, { isDue, also: left, stacks: [], history, isRegenerated });
  const { kept, ...rest } = keepLikeliest(inTime(each, facts.time), MOST_PAIRS);
  const notReached = count - kept.length - rest.left;
  const unread = countUnread(report, facts);
  const isListed = unread <= MOST_PAIRS;
  const listed = isListed ? [...unreadPairs(report, facts, isLate)].map((pair) => unknownPair(pair, heads)) : [];
  return { pairs: [...kept, ...listed], ...rest, notReached, unlisted: isListed ? 0 : unread };
}

/** The clock is not asked for every one of them. */
const ESTIMATES_AT_ONCE = 256;

/** The first of them, as many as there is time for. */
function* inTime<T>(each: Iterable<T>, time: EstimateTime | undefined): Generator<T> {
  const endsAtMs = time === undefined ? Infinity : Math.max(time.endsAtMs, performance.now() + time.leastMs);
  let told = 0;
  for (const one of each) {
    if (told % ESTIMATES_AT_ONCE === 0 && performance.now() >= endsAtMs) return;
    yield one;
    told += 1;
  }
}

/** Whether one of a pair was not merged onto the base, and the pair is one that was asked about: told of millions. */
function lateIn({ heads }: ConflictReport, { only }: UntriedFacts): (pair: Pair) => boolean {
  const isAsked = heads.map(({ name }) => only?.has(name) ?? true);
  const isUntried = heads.map((head) => head.isUntried === true);
  const isOpen = heads.map(({ onBase }) => onBase.verdict !== 'merged');
  const either = (a: number, b: number, is: readonly boolean[]): boolean => is[a] === true || is[b] === true;
  return ([a, b]) => either(a, b, isUntried) && either(a, b, isAsked) && isOpen[a] === true && isOpen[b] === true;
}

const isUnread = ({ name, isUntried }: ConflictReport['heads'][number], { files }: UntriedFacts): boolean =>
  isUntried === true && files.get(name) === null;

/** How many `unreadPairs` tells: of thousands of heads tens of millions, which nobody goes through one by one. */
function countUnread({ heads }: ConflictReport, facts: UntriedFacts): number {
  const open = heads.filter(({ onBase }) => onBase.verdict !== 'merged');
  const notAsked = open.filter(({ name }) => facts.only?.has(name) === false);
  const [all, others] = [open, notAsked].map((some) => {
    const unread = some.filter((head) => isUnread(head, facts)).length;
    return unread * (some.length - unread) + (unread * (unread - 1)) / 2;
  });
  return (all ?? 0) - (others ?? 0);
}

/** Those with a head whose files could not be read, each once. */
function* unreadPairs(
  { heads }: ConflictReport,
  facts: UntriedFacts,
  isLate: (pair: Pair) => boolean,
): Generator<Pair> {
  const unread = heads.map((head) => isUnread(head, facts));
  for (const [place, isIt] of unread.entries()) {
    if (!isIt) continue;
    for (const at of heads.keys()) {
      const isSaidThere = at <= place && unread[at] === true;
      const pair = [Math.min(at, place), Math.max(at, place)] as const;
      if (!isSaidThere && isLate(pair)) yield pair;
    }
  }
}

const unknownPair = ([a, b]: Pair, heads: ConflictReport['heads']): PairRisk => ({
  ...{ a: heads[a]?.name ?? '', b: heads[b]?.name ?? '' },
  finding: { basis: null, verdict: 'unknown', reason: 'the time for it was up' },
});
