import type { CriterionResult, SourceCoverage, Verdict, Waiver } from './report-schema.ts';

export type Decision = Verdict['decision'];

/**
 * A blocking criterion that fails makes it `no_go`, however little the scope holds. Else it is `unknown` where a blocking
 * one is, where the scope holds nothing (there is nothing to be ready, and likely a word is misspelt), and where no
 * blocking criterion was judged: a verdict that nothing can turn says nothing. Else it is `go`.
 */
export function decide(criteria: readonly CriterionResult[], { isEmpty }: { readonly isEmpty: boolean }): Decision {
  const outcomes = new Set(criteria.filter(({ weight }) => weight === 'blocking').map(({ outcome }) => outcome));
  if (outcomes.has('fail')) return 'no_go';
  if (isEmpty || outcomes.has('unknown')) return 'unknown';
  return outcomes.has('pass') || outcomes.has('waived') ? 'go' : 'unknown';
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
  /** By what was judged, where the configuration could not be read; else null. */
  readonly unreadPolicy: string | null;
}

/**
 * One line: `No-go: Completion (2), Base CI (1)`; `Go, with 1 waiver: 9 of 10 criteria pass, none blocks`. A criterion that is
 * unknown because the scope is has no findings of its own, and no number.
 */
export function headlineOf({
  decision,
  criteria,
  emptyBecause,
  counts,
  waiverCount,
  unreadPolicy,
}: HeadlineFacts): string {
  if (decision === 'go') return goWords(criteria, waiverCount);
  const outcome = decision === 'no_go' ? 'fail' : 'unknown';
  const titles = criteria
    .filter((one) => one.weight === 'blocking' && one.outcome === outcome)
    .map(({ id, title }) => {
      const count = counts.get(id) ?? 0;
      return count === 0 ? title : `${title} (${count})`;
    });
  // What blocks may be another's to say.
  const by = unreadPolicy === null ? '' : ` by ${unreadPolicy}`;
  if (decision === 'no_go')
    return `No-go${by}: ${titles.join(', ')}${emptyBecause === null ? '' : `; ${emptyBecause}`}`;
  if (emptyBecause !== null) return `Unknown: ${emptyBecause}`;
  if (titles.length > 0) return `Unknown, nobody can tell: ${titles.join(', ')}`;
  return hasJudged(criteria) ? 'Unknown: the scope could not be read' : `Unknown: ${unjudgedWords(criteria)}`;
}

const hasJudged = (criteria: readonly CriterionResult[]): boolean =>
  criteria.some(({ weight, outcome }) => weight === 'blocking' && outcome !== 'not_applicable');

/** What the configuration left of the criteria cannot turn a verdict: what to write there. */
function unjudgedWords(criteria: readonly CriterionResult[]): string {
  const isAnyJudged = criteria.some(({ outcome }) => outcome !== 'not_applicable');
  const what = isAnyJudged ? 'no criterion that is judged blocks' : 'no criterion is judged';
  const how = 'set one under readiness.criteria in .github/parasol.yml to blocking, or leave it out there';
  return `${what}; ${how}`;
}

/** Whoever ships by this line has to know that somebody put a hand to the scales. */
function goWords(criteria: readonly CriterionResult[], waiverCount: number): string {
  const judged = criteria.filter(({ outcome }) => outcome !== 'not_applicable');
  const passed = judged.filter(({ outcome }) => outcome === 'pass').length;
  const waivers = waiverCount === 0 ? '' : `, with ${waiverCount} ${waiverCount === 1 ? 'waiver' : 'waivers'}`;
  return `Go${waivers}: ${passed} of ${judged.length} criteria pass${passed === judged.length ? '' : ', none blocks'}`;
}

interface ConditionFacts extends Pick<HeadlineFacts, 'unreadPolicy'> {
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
  unreadPolicy,
}: ConditionFacts): readonly string[] {
  const active = waivers.filter(({ state }) => state === 'active');
  return [
    ...active.map((waiver) => waiverWords(waiver, criteria)),
    ...(unreadPolicy === null
      ? []
      : [`judged by ${unreadPolicy}: the configuration, which says what blocks, could not be read`]),
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
