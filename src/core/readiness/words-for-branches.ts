import { neutralizeInHtml } from '../markdown.ts';
import type { Instant } from '../task/facts.ts';
import { markedReport } from './readiness-comment.ts';
import { unreadSources } from './render/report-words.ts';
import type { ReadinessReport, Verdict } from './report-schema.ts';

interface BranchReport {
  readonly branch: string;
  readonly report: ReadinessReport;
}

export type BranchReports = readonly [BranchReport, ...BranchReport[]];

interface Words extends Pick<Verdict, 'decision' | 'headline'> {
  /** Markdown. */
  readonly summary: string;
  readonly generatedAt: Instant;
}

/**
 * What is said of a commit that release branches are at. Of several the report with the worst verdict stands, by name among
 * equal ones, with one line on each of the others; all of it ends with the verdict that ends first. A branch that was only just
 * cut, into which nothing was merged, keeps no other from what it is: it has nothing of its own to ship.
 */
export function wordsForBranches(reports: BranchReports): Words {
  const [worst, ...others] = reports.toSorted(byUrgency) as [BranchReport, ...BranchReport[]];
  const { report, branch } = worst;
  const { decision, headline } = report.verdict;
  const generatedAt = report.generated_at;
  if (others.length === 0) return { decision, headline, summary: markedReport(report), generatedAt };
  const bound = { ...report, verdict: { ...report.verdict, expires_at: earliestEnd(reports) } };
  const summary = `${markedReport(bound)}\nAt the same commit, whose check speaks for all of them:\n${lines(others)}`;
  return { decision, headline: `${branch}: ${headline}`, summary, generatedAt };
}

const URGENCY: readonly Verdict['decision'][] = ['no_go', 'unknown', 'go'];

const urgencyOf = (report: ReadinessReport): number =>
  holdsNothing(report) ? URGENCY.length : URGENCY.indexOf(report.verdict.decision);

/** Read in full, and unknown for no other reason than that. */
const holdsNothing = (report: ReadinessReport): boolean =>
  report.verdict.decision === 'unknown' &&
  report.items.length === 0 &&
  report.metrics.private_items === 0 &&
  unreadSources(report).length === 0 &&
  !report.criteria.some(({ weight, outcome }) => weight === 'blocking' && outcome === 'unknown');

const byUrgency = (a: BranchReport, b: BranchReport): number =>
  urgencyOf(a.report) - urgencyOf(b.report) || a.branch.localeCompare(b.branch, 'en', { numeric: true });

function earliestEnd(reports: BranchReports): Instant | null {
  const ends = reports.flatMap(({ report }) => report.verdict.expires_at ?? []);
  return ends.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

/** A report leaves room for these within what GitHub takes. */
const MOST_LINES = 10;

function lines(others: readonly BranchReport[]): string {
  const shown = others.slice(0, MOST_LINES).map(({ branch, report }) => {
    return `- <code>${neutralizeInHtml(branch, 100)}</code>: ${neutralizeInHtml(report.verdict.headline, 200)}\n`;
  });
  const rest = others.length - shown.length;
  return `${shown.join('')}${rest > 0 ? `- and ${rest} more\n` : ''}`;
}
