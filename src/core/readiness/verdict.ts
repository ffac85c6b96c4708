import type { CriterionResult, SourceCoverage, Verdict, Waiver } from './report-schema.ts';

export type Decision = Verdict['decision'];

export interface ScopeStanding {
  /** Nothing was found in it. */
  readonly isEmpty: boolean;
  /** There may be more in it than was found. */
  readonly isUnread: boolean;
}

/**
 * A scope that holds nothing is `unknown`, however its base stands: there is nothing to be ready, and likely a word is
 * misspelt. Else a blocking criterion that fails makes it `no_go`; else one that nobody can judge `unknown`; else it is `go`.
 * Where a scope seems empty because it could not be read, what fails all the same is no less true.
 */
export function decide(criteria: readonly CriterionResult[], { isEmpty, isUnread }: ScopeStanding): Decision {
  if (isEmpty && !isUnread) return 'unknown';
  const outcomes = new Set(criteria.filter(({ weight }) => weight === 'blocking').map(({ outcome }) => outcome));
  if (outcomes.has('fail')) return 'no_go';
  return isEmpty || outcomes.has('unknown') ? 'unknown' : 'go';
}

interface HeadlineFacts {
  readonly decision: Decision;
  readonly criteria: readonly CriterionResult[];
  /** Why there is nothing in the scope; null where there is something, or may be. */
  readonly emptyBecause: string | null;
  /** Findings that stand, by criterion. */
  readonly counts: ReadonlyMap<string, number>;
  /** How many waivers set aside what would be in the way. */
  readonly waiverCount: number;
}

/**
 * One line: `No-go: Completion (2), Base CI (1)`; `Go, with 1 waiver: 9 of 10 criteria pass, none blocks`. A criterion that is
 * unknown because the scope is has no findings of its own, and no number.
 */
export function headlineOf({ decision, criteria, emptyBecause, counts, waiverCount }: HeadlineFacts): string {
  if (decision === 'go') return goWords(criteria, waiverCount);
  const outcome = decision === 'no_go' ? 'fail' : 'unknown';
  const titles = criteria
    .filter((one) => one.weight === 'blocking' && one.outcome === outcome)
    .map(({ id, title }) => {
      const count = counts.get(id) ?? 0;
      return count === 0 ? title : `${title} (${count})`;
    });
  if (decision === 'no_go') return `No-go: ${titles.join(', ')}`;
  if (emptyBecause !== null) return `Unknown: ${emptyBecause}`;
  return titles.length === 0
    ? 'Unknown: the scope could not be read'
    : `Unknown, nobody can tell: ${titles.join(', ')}`;
}

/** Whoever ships by this line has to know that somebody put a hand to the scales. */
function goWords(criteria: readonly CriterionResult[], waiverCount: number): string {
  const judged = criteria.filter(({ outcome }) => outcome !== 'not_applicable');
  const passed = judged.filter(({ outcome }) => outcome === 'pass').length;
  const waivers = waiverCount === 0 ? '' : `, with ${waiverCount} ${waiverCount === 1 ? 'waiver' : 'waivers'}`;
  return `Go${waivers}: ${passed} of ${judged.length} criteria pass${passed === judged.length ? '' : ', none blocks'}`;
}

interface ConditionFacts {
  readonly waivers: readonly Waiver[];
  readonly criteria: readonly CriterionResult[];
  readonly coverage: readonly SourceCoverage[];
  readonly baseSha: string | null;
  /** Why the waivers could not be read; null where they were. */
  readonly unreadWaivers: string | null;
}

/** What the decision rests on besides the facts: waivers in force, and whatever was not read in full. */
export function conditionsOf({
  waivers,
  criteria,
  coverage,
  baseSha,
  unreadWaivers,
}: ConditionFacts): readonly string[] {
  const active = waivers.filter(({ state }) => state === 'active');
  return [
    ...active.map((waiver) => waiverWords(waiver, criteria)),
    ...(unreadWaivers === null ? [] : [`no waiver counts: could not read ${unreadWaivers}`]),
    ...(baseSha === null ? ['the newest commit of the base is not known'] : []),
    ...coverage.filter(({ state }) => state !== 'ok' && state !== 'not_needed').map(coverageWords),
  ];
}

/** `octo/harbor#3, Completion waived by lena until 2026-06-01T00:00:00Z: ships later`. */
export function waiverWords(
  { item, criterion, by, until, reason }: Waiver,
  criteria: readonly CriterionResult[],
): string {
  const title = criteria.find(({ id }) => id === criterion)?.title ?? null;
  return `${[item, title].flatMap((one) => one ?? []).join(', ')} waived by ${by} until ${until}: ${reason}`;
}

/** `checks may not be read: checks of main (needs checks: read)`. */
export function coverageWords({ source, state, missing, permission }: SourceCoverage): string {
  const what = missing === null ? '' : `: ${missing}`;
  return `${source} ${COVERAGE_WORDS[state]}${what}${permission === null ? '' : ` (needs ${permission})`}`;
}

const COVERAGE_WORDS: Readonly<Record<SourceCoverage['state'], string>> = {
  ok: 'read',
  not_needed: 'not needed',
  partial: 'read in part',
  denied: 'may not be read',
  rate_limited: "not read: GitHub's limit is reached",
  unavailable: 'could not be read',
};

interface ExpiryFacts {
  readonly nowMs: number;
  readonly validSeconds: number;
  readonly waivers: readonly Waiver[];
}

/** In milliseconds: after its time, or when the first waiver that it rests on ends. */
export function expiryOf({ nowMs, validSeconds, waivers }: ExpiryFacts): number {
  const ends = waivers.filter(({ state }) => state === 'active').map(({ until }) => Date.parse(until));
  return ends.reduce((first, end) => Math.min(first, end), nowMs + validSeconds * 1000);
}
