import type { Config } from '../config.ts';
import { durationSeconds } from '../duration-seconds.ts';
import { groupBy } from '../group-by.ts';
import { instantAt } from '../instant-at.ts';
import { shortHash } from '../short-hash.ts';
import { type Audience, audienceOfRepository } from '../umbrella/audience.ts';
import { applyWaivers } from './apply-waivers.ts';
import { CRITERIA } from './criteria/list.ts';
import type { ReadinessView } from './criterion.ts';
import { diffReports } from './diff-reports.ts';
import { concludeCriterion, judgeCriteria, stands, type WaivableFinding } from './judge-criteria.ts';
import { metricsOf } from './metrics.ts';
import { policyHash } from './policy-hash.ts';
import { rankFindings } from './rank-findings.ts';
import type { ReadinessFacts } from './readiness-facts.ts';
import { redactCoverage, redactCriterion, redactFindings, redactWaivers } from './redact.ts';
import { reportItems } from './report-items.ts';
import { type CriterionResult, REPORT_SCHEMA_NAME, type ReadinessReport, type Verdict } from './report-schema.ts';
import { findingsToMend, smallestFix } from './smallest-fix.ts';
import { MAX_ITEMS, truncateReport } from './truncate-report.ts';
import { unreadPolicy } from './unread-policy.ts';
import { unreadScope } from './unread-scope.ts';
import { conditionsOf, decide, expiryOf, headlineOf } from './verdict.ts';
import { viewOf } from './view-of.ts';
import { whyEmpty } from './why-empty.ts';

interface ReportOptions {
  /** `viewer`: everything that was read. `umbrella_readers`: what every reader of the umbrella, else of the repository, may see. */
  readonly audience: 'viewer' | 'umbrella_readers';
  /** The report to compare with; one of another scope is left aside. */
  readonly previous?: ReadinessReport | null;
  /** Where the policy stands: `.github/parasol.yml of octo/harbor`, or `defaults`. */
  readonly policySource: string;
}

/**
 * The readiness of a scope. The same facts give the same report, in whatever order they were read. Everything counts in the
 * verdict and in the figures, whoever may see it; only what the readers may see is named.
 */
export function buildReport(facts: ReadinessFacts, config: Config, options: ReportOptions): ReadinessReport {
  const view = viewOf(facts, config);
  const { umbrella = facts.scope.repository } = facts.scope;
  const audience = audienceOfRepository(facts.work, umbrella, options.audience);
  const judged = judgeCriteria(CRITERIA, view);
  const applied = applyWaivers(
    judged.flatMap(({ findings }) => findings),
    facts,
  );
  const ofCriterion = groupBy(applied.findings, ({ criterion }) => [criterion]);
  const results = judged.map((one) => concludeCriterion(one, ofCriterion.get(one.id) ?? []));
  const ranked = rankFindings(applied.findings, view);
  const waivers = redactWaivers(applied.waivers, audience);
  const shown = redactFindings(ranked, { audience, nowMs: Date.parse(facts.now), waivers });
  const criteria = results.map((result) => redactCriterion(result, audience));
  const coverage = redactCoverage(facts.coverage, audience);
  const mending = new Set(findingsToMend(ranked)?.map(({ id }) => shown.ids.get(id)));
  const fix = shown.findings.filter(({ id }) => mending.has(id));
  const { items, total } = reportItems(view, { audience, atMost: MAX_ITEMS });
  const report: Omit<ReadinessReport, 'diff' | 'truncation'> = {
    schema: REPORT_SCHEMA_NAME,
    generated_at: facts.now,
    repository: `${facts.scope.repository.owner}/${facts.scope.repository.repo}`,
    scope: describeScope(facts, audience),
    policy: { hash: policyHash(config), source: options.policySource },
    verdict: buildVerdict({
      audience,
      view,
      criteria,
      coverage,
      waivers: waivers.waivers,
      counts: countStanding(ofCriterion),
      waiverCount: countDecisiveWaivers(applied.findings),
      fix,
    }),
    coverage,
    criteria,
    findings: shown.findings,
    items,
    metrics: metricsOf(view, audience),
    waivers: waivers.waivers,
  };
  const { previous = null } = options;
  const whole = (): ReadinessReport['items'] => reportItems(view, { audience }).items;
  const diff = previous === null ? null : diffReports({ ...report, items: whole() }, previous, audience);
  return truncateReport({ ...report, diff }, total);
}

/** By criterion, how many are in the way: those that fail, else those that are unknown. */
function countStanding(groups: ReadonlyMap<string, readonly WaivableFinding[]>): ReadonlyMap<string, number> {
  return new Map(
    [...groups].map(([id, findings]) => {
      const standing = findings.filter(stands);
      const failing = standing.filter(({ effect }) => effect === 'fails');
      return [id, failing.length > 0 ? failing.length : standing.length];
    }),
  );
}

/** Those that keep a criterion that blocks from failing. */
const countDecisiveWaivers = (findings: readonly WaivableFinding[]): number =>
  new Set(findings.flatMap(({ isBlocking, waivedBy }) => (isBlocking && waivedBy !== null ? [waivedBy] : []))).size;

interface VerdictParts extends Pick<ReadinessReport, 'criteria' | 'coverage' | 'waivers'> {
  readonly view: ReadinessView;
  readonly audience: Audience;
  readonly counts: ReadonlyMap<string, number>;
  readonly waiverCount: number;
  /** What has to go for it to become `go`, as its readers may know it. */
  readonly fix: ReadinessReport['findings'];
}

function buildVerdict({
  view,
  audience,
  criteria,
  coverage,
  waivers,
  counts,
  waiverCount,
  fix,
}: VerdictParts): Verdict {
  const { facts, config } = view;
  const isEmpty = isEmptyScope(view);
  const isUnread = unreadScope(view).length > 0;
  const decision = decide(criteria, { isEmpty });
  const unread = unreadPolicy(facts.work);
  // What is unknown of the base of an empty scope would not make that ready.
  const hasFix = fix.length > 0 && (decision === 'no_go' || (decision === 'unknown' && (!isEmpty || isUnread)));
  const idsOf = (isMeant: (result: CriterionResult) => boolean): Verdict['blocking'] =>
    criteria.filter(isMeant).map(({ id }) => id);
  const unreadWaivers = facts.waivers.known ? null : audience.shownGap(facts.waivers.gap).what;
  const expiresAt = expiryOf({
    nowMs: Date.parse(facts.now),
    validSeconds: durationSeconds(config.readiness.valid_for),
    waivers,
  });
  return {
    decision,
    headline: headlineOf({
      ...{ decision, criteria, counts, waiverCount, unreadPolicy: unread },
      emptyBecause: isEmpty && !isUnread ? whyEmpty(facts) : null,
    }),
    blocking: idsOf(({ weight, outcome }) => weight === 'blocking' && outcome === 'fail'),
    unknown: idsOf(({ weight, outcome }) => weight === 'blocking' && outcome === 'unknown'),
    not_judged: [
      ...idsOf(({ outcome }) => outcome === 'not_applicable'),
      'gates',
      ...(config.readiness.freeze === undefined ? (['freeze'] as const) : []),
    ],
    conditions: conditionsOf({
      waivers,
      criteria,
      coverage,
      baseSha: facts.scope.baseSha,
      unreadWaivers,
      unreadPolicy: unread,
    }),
    smallest_fix: hasFix ? smallestFix(fix) : null,
    expires_at: instantAt(expiresAt),
  };
}

/** Nothing to integrate: what was dropped is not. Pull requests stand for themselves only where the scope is made of them. */
function isEmptyScope({ facts, work }: ReadinessView): boolean {
  const isOfPullRequests =
    facts.scope.kind === 'since' || facts.scope.kind === 'branch' || facts.scope.kind === 'query';
  if (isOfPullRequests && facts.pullRequests.size > 0) return false;
  return [...facts.tasks].every((key) => {
    const task = facts.work.tasks.get(key);
    return task !== undefined && work.stateOf(task).state === 'dropped';
  });
}

/** What may not be named counts in the hash as a number alone: eight digits would give a name away to whoever tries. */
function describeScope(facts: ReadinessFacts, audience: Audience): ReadinessReport['scope'] {
  const { selector, title, baseBranch, baseSha } = facts.scope;
  const { tasks, pullRequests } = facts.work;
  const isHidden = (key: string): boolean => {
    const ref = (tasks.get(key) ?? pullRequests.get(key))?.ref;
    return ref !== undefined && !audience.canSeeRepository(ref);
  };
  const keys = [...facts.tasks, ...facts.pullRequests].sort();
  const named = keys.filter((key) => !isHidden(key));
  return {
    selector,
    title,
    base_branch: baseBranch,
    base_sha: baseSha,
    hash: shortHash(JSON.stringify([selector, baseBranch, baseSha, named, keys.length - named.length])),
    tasks: facts.tasks.size,
    pull_requests: facts.pullRequests.size,
  };
}
