import { DEFAULT_CONFIG } from '../../src/core/config.ts';
import { buildReport } from '../../src/core/readiness/build-report.ts';
import type { ReadinessReport } from '../../src/core/readiness/report-schema.ts';
import { readStatedWork } from '../../src/core/task/stated-work.ts';
import { largeScope } from './large-scope.ts';

const WARM_UPS = 3;

/** The medians of several reports in memory, each on facts from which nothing was worked out before. */
export interface ReportTimes {
  readonly wallMs: number;
  /** User and system time of this process. */
  readonly cpuMs: number;
  readonly findings: number;
  /** What loading takes for the bodies of all pull requests, which is not part of the other two. */
  readonly bodiesMs: number;
}

/**
 * What a report of 10,000 tasks and 3,000 pull requests takes from what was loaded to the report: linking, states, every
 * criterion, ranking and figures. A loaded pull request carries what its body states (`mapPullRequest` reads that), so that
 * is timed apart; making the other facts is not timed.
 */
export function measureReport(audience: 'viewer' | 'umbrella_readers', runs = 9): ReportTimes {
  for (let run = 0; run < WARM_UPS; run += 1) timeReport(audience);
  const times = Array.from({ length: runs }, () => timeReport(audience));
  return {
    wallMs: median(times.map(({ wallMs }) => wallMs)),
    cpuMs: median(times.map(({ cpuMs }) => cpuMs)),
    findings: times[0]?.report.findings.length ?? 0,
    bodiesMs: median(times.map(({ bodiesMs }) => bodiesMs)),
  };
}

function timeReport(audience: 'viewer' | 'umbrella_readers') {
  const facts = largeScope();
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  const report: ReadinessReport = buildReport(facts, DEFAULT_CONFIG, { audience, policySource: 'defaults' });
  const wallMs = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  const start = performance.now();
  for (const pullRequest of facts.work.pullRequests.values()) readStatedWork(pullRequest);
  return { report, wallMs, cpuMs: (user + system) / 1000, bodiesMs: performance.now() - start };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
