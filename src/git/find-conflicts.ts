import { setImmediate } from 'node:timers/promises';
import type { BaseFinding, ConflictCounts, ConflictReport } from '../core/risk/conflict-report.ts';
import { pairEstimator } from '../core/risk/estimate-pairs.ts';
import { type FoundFile, freshConflicts } from '../core/risk/fresh-conflicts.ts';
import type { ConflictingFile, PairFinding, StackedPair } from '../core/risk/pair-risk.ts';
import { HOPELESS, planTrials, type Trial, waitingFor } from '../core/risk/plan-trials.ts';
import { isManual } from '../core/risk/risk-of-pull-request.ts';
import { SHIPPED_WEIGHTS } from '../core/risk/risk-weights.ts';
import { type ChosenPairs, choosePairs } from './choose-pairs.ts';
import type { Head, ResolvedHead } from './list-heads.ts';
import type { Repository } from './open-repository.ts';
import { type Survey, type SurveyedHead, surveyHeads } from './survey-heads.ts';
import { cacheFor, memoryCache, type TrialCache } from './trial-cache.ts';
import { type Outcome, tryPairs } from './try-pairs.ts';

export interface ConflictOptions {
  readonly base: ResolvedHead;
  /** In the order in which of two the first is asked to merge first; names are unique. */
  readonly heads: readonly Head[];
  /** Whether a conflicting file is made anew rather than merged by hand: a lockfile, a changelog. */
  readonly isRegenerated: (path: string) => boolean;
  /** Judge only pairs with one of these names: after a push, those that were pushed. All when absent. */
  readonly only?: ReadonlySet<string>;
  /** `dropped` tries what are no candidates, because they share nothing: only to measure what that would find. */
  readonly pairs?: 'candidates' | 'dropped';
  /**
   * Also try pairs one side of which does not merge onto the base. They cost most, because such heads are old, and tell
   * least: the head has to change before it can merge. Not so where it only conflicts in files that are made anew.
   */
  readonly isThorough?: boolean;
  readonly cache?: TrialCache;
  readonly onProgress?: (progress: TrialProgress) => void;
  readonly signal?: AbortSignal;
  /** Comes before `signal`, and ends merges onto the base that take much longer than the rest. */
  readonly patience?: AbortSignal;
}

/** Counts rise as processes end, so in steps; what the cache knows is never counted. */
export interface TrialProgress {
  readonly step: 'base' | 'pairs';
  readonly done: number;
  readonly total: number;
}

/**
 * What happens when heads merge one after the other, by trial merges: each onto the base, then of every pair that could
 * collide the second onto base and first. `conflict` means that the second merges cleanly onto the base and no longer does
 * after the first. Where it conflicts with the base anyway, only files that conflict after the first and not before count, or in
 * more places than before; without such a file the pair is `clean`: the first makes nothing worse. Such a pair `waits` unless the search
 * `isThorough`; then one of which both conflict with the base is `unknown`. Who conflicts with it only in files that are made
 * anew merges first with these as the base has them. Heads that are missing, cut off or broken are `unknown` with the reason; so is all that a cancelled run did
 * not reach, and said to be untried. Nothing is written to the repository.
 */
export async function findConflicts(repository: Repository, options: ConflictOptions): Promise<ConflictReport> {
  const { base, heads, only, signal, patience, onProgress } = options;
  const cache = cacheFor(repository, options.cache ?? memoryCache());
  const aborting = signal === undefined ? {} : { signal };
  const hurrying = patience === undefined ? {} : { patience };
  const onBase = {
    base,
    heads,
    cache,
    ...aborting,
    ...hurrying,
    onAnswered: counter('base', heads.length, onProgress),
  };
  const survey = await surveyHeads(repository, onBase);
  const held = placesOf(survey, (head) => isWaiting(head, options));
  const waits = (place: number): boolean => held.has(place);
  // Once no pair can be tried any more, nor need it be told which could be spared.
  const chosen = await choosePairs({ ...repository, ...aborting }, survey, {
    ...{ base, cache, waits, isOfDropped: options.pairs === 'dropped' },
    asked: only === undefined ? null : placesOf(survey, ({ name }) => only.has(name)),
  });
  const settled = placesOf(survey, (head) => isSettled(head, options));
  const plan = planTrials({
    ...{ ...chosen, states: survey.heads.map(({ state }) => state) },
    ...{ waits, settles: (place: number) => settled.has(place) },
    ...(signal === undefined ? {} : { likelihood: await likelihoodOf(survey, chosen, { ...options, waits }) }),
  });
  const open = new Map(survey.heads.flatMap(({ open }, place) => (open === null ? [] : [[place, open] as const])));
  const { outcomes, tried } = await tryPairs(repository, plan.trials, {
    ...{ base, heads: open, workTree: survey.workTree, cache, ...aborting },
    onAnswered: counter('pairs', plan.trials.length, onProgress),
  });
  cache.save();
  const judged = plan.trials.map((trial, index) => ({
    ...trial,
    finding: judge(trial, outcomes[index], survey, options),
  }));
  const name = (place: number): string => heads[place]?.name ?? '';
  const hopeless = plan.hopeless.map(({ a, b, on }) => {
    const stack = on === null ? null : dependsOn({ on: name(on), dependent: name(on === a ? b : a) });
    return { a, b, finding: stack ?? HOPELESS };
  });
  const isListed = plan.waiting.length <= MOST_WAITING;
  const waiting = (isListed ? plan.waiting : []).map(({ a, b, held }) => ({ a, b, finding: waitingFor(name(held)) }));
  const pairs = [...judged, ...hopeless, ...waiting].sort((one, other) => one.a - other.a || one.b - other.b);
  return {
    base: { name: base.name, commit: base.commit },
    heads: survey.heads.map((head) => ({
      ...{ name: head.name, commit: head.commit, onBase: baseFinding(head, options) },
      touched: head.open?.merge.own ?? head.rough ?? [],
      ...(head.open?.merge.conflicts === null && head.open.merge.tree === base.tree && { isContained: true as const }),
      ...(head.isUntried && { isUntried: true as const }),
    })),
    pairs: pairs.map(({ a, b, finding }) => ({ a: name(a), b: name(b), finding })),
    untried: plan.trials.flatMap(({ a, b, isStacked }, index) =>
      isUntried(outcomes[index]) && !isStacked ? [{ a: name(a), b: name(b) }] : [],
    ),
    hopeless: pairs.flatMap(({ a, b, finding }) => (finding === HOPELESS ? [{ a: name(a), b: name(b) }] : [])),
    unlisted: isListed ? 0 : plan.waiting.length,
    counts: {
      pairs: countPairs(survey, options),
      candidates: judged.length + hopeless.length + plan.waiting.length,
      merges: survey.tried + tried,
    },
  };
}

/** Of old heads that conflict with the base there are thousands, and each waits with all that share a path with it. */
const MOST_WAITING = 20_000;

/** Which heads are so, by their places. */
const placesOf = ({ heads }: Survey, isSo: (head: SurveyedHead) => boolean): ReadonlySet<number> =>
  new Set(heads.flatMap((head, place) => (isSo(head) ? [place] : [])));

function counter(step: TrialProgress['step'], total: number, onProgress: ConflictOptions['onProgress']) {
  let done = 0;
  return (count: number): void => {
    done += count;
    onProgress?.({ step, done: Math.min(done, total), total });
  };
}

/** So many pairs until signals are looked at: some ten milliseconds. */
const RANKED_AT_ONCE = 1024;
/** As many pairs as that takes are ranked however late it is. */
const LEAST_RANKING_MS = 1000;
/** More are never all tried: half a minute of ranking, and of merges an hour. */
const MOST_RANKED = 1_000_000;

/**
 * From the files alone; what shares nothing but files that are made anew comes last. So does what is left once patience ends:
 * of hundreds of thousands of pairs the ranking would take the time of the merges.
 */
async function likelihoodOf(
  { heads }: Survey,
  { pairs, stacks }: ChosenPairs,
  {
    isRegenerated,
    waits,
    patience,
  }: Pick<ConflictOptions, 'isRegenerated' | 'patience'> & { readonly waits: (place: number) => boolean },
): Promise<(a: number, b: number) => number> {
  const changes = heads.map(({ name, open }) => ({
    name,
    files: (open?.merge.own ?? []).filter(({ path }) => !isRegenerated(path)),
  }));
  const byPair = new Map<number, number>();
  const key = (a: number, b: number): number => a * heads.length + b;
  const estimate = pairEstimator(changes, { stacks, history: new Map(), weights: SHIPPED_WEIGHTS });
  const leastUntil = performance.now() + LEAST_RANKING_MS;
  let place = 0;
  for (const [a, b] of pairs) {
    if (waits(a) || waits(b)) continue;
    if (place % RANKED_AT_ONCE === 0) {
      await setImmediate();
      if (patience?.aborted === true && performance.now() > leastUntil) break;
      if (place >= MOST_RANKED) break;
    }
    const found = estimate([a, b]);
    if (found !== null) byPair.set(key(a, b), found.finding.probability);
    place += 1;
  }
  return (a, b) => byPair.get(key(a, b)) ?? 0;
}

type Judged = Outcome | undefined;

const isUntried = (outcome: Judged): boolean => outcome?.known === false && outcome.isUntried === true;

function judge(trial: Trial, outcome: Judged, { heads }: Survey, { isRegenerated }: ConflictOptions): PairFinding {
  if (trial.isStacked && isUntried(outcome)) {
    // That both then merge cleanly is the rule.
    return dependsOn({ on: heads[trial.first]?.name ?? '', dependent: heads[trial.second]?.name ?? '' });
  }
  if (!outcome?.known) return { basis: null, verdict: 'unknown', reason: outcome?.reason ?? 'it was not tried' };
  const [first, second] = [heads[trial.first], heads[trial.second]];
  const onBase = second?.open?.merge.conflicts ?? null;
  const files = withRegenerated(freshConflicts(outcome.value ?? [], onBase ?? [], isRegenerated), isRegenerated);
  if (trial.isStacked) return dependsOn({ on: first?.name ?? '', dependent: second?.name ?? '' }, files);
  const isClean = outcome.value === null || (onBase !== null && files.length === 0);
  return isClean ? { basis: 'verified', verdict: 'clean' } : { basis: 'verified', verdict: 'conflict', files };
}

/** That one stands on the other its commits tell, whatever a merge would. */
const dependsOn = ({ dependent, on }: StackedPair, files: readonly ConflictingFile[] = []): PairFinding => ({
  ...{ basis: 'verified', verdict: 'depends_on' },
  ...{ dependent, on, files },
});

/** It conflicts with the base in nothing but files that are made anew. */
const isSettled = ({ state, open }: SurveyedHead, { isRegenerated }: ConflictOptions): boolean =>
  state === 'conflict' && !isManual(withRegenerated(open?.merge.conflicts ?? [], isRegenerated));

/** Somebody has to resolve its conflict with the base by hand, before there is anything to merge with others. */
const isWaiting = (head: SurveyedHead, options: ConflictOptions): boolean =>
  options.isThorough !== true && head.state === 'conflict' && !isSettled(head, options);

function baseFinding({ state, reason, open }: SurveyedHead, { isRegenerated }: ConflictOptions): BaseFinding {
  if (state === 'unknown') return { verdict: 'unknown', reason };
  if (state !== 'conflict') return { verdict: state };
  return { verdict: 'conflict', files: withRegenerated(open?.merge.conflicts ?? [], isRegenerated) };
}

function withRegenerated(
  files: readonly FoundFile[],
  isRegenerated: ConflictOptions['isRegenerated'],
): readonly ConflictingFile[] {
  return files.map(({ blocks: _, stages: __, ...file }) => ({ ...file, regenerate: isRegenerated(file.path) }));
}

function countPairs({ heads }: Survey, { only }: ConflictOptions): ConflictCounts['pairs'] {
  const open = heads.filter((head) => head.open !== null);
  const asked = open.filter(({ name }) => only?.has(name) ?? true).length;
  return (asked * (asked - 1)) / 2 + asked * (open.length - asked);
}
