/**
 * Publishes whether a scope is ready: one go or no-go, every reason for it, who can do what about each, and what could not be
 * read. The default: what was merged since the latest release.
 *
 *     with: { scope: 'milestone:Harbor 3.1', fail-on: unknown, previous-report: yesterday/report.json }
 *
 * It names only what every reader of the repository may see, because they all read the run.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../../src/core/failure.ts';
import { inWords } from '../../src/core/in-words.ts';
import { READINESS_MARKER } from '../../src/core/marker.ts';
import { notCompared } from '../../src/core/readiness/not-compared.ts';
import { parsePreviousReport } from '../../src/core/readiness/parse-previous-report.ts';
import { renderReadinessMarkdown, renderWholeReadiness } from '../../src/core/readiness/render/render-markdown.ts';
import type { Finding, ReadinessReport } from '../../src/core/readiness/report-schema.ts';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import type { ActionCommand, ActionJob, ActionReport, ReportedFinding } from '../action-command.ts';
import { renderPie } from '../charts.ts';
import { levelOfFinding } from '../level-of-finding.ts';
import { withCloneAtHand } from '../with-clone-at-hand.ts';

export const readiness: ActionCommand = { isJudge: true, run: reportReadiness };

async function reportReadiness(job: ActionJob): Promise<ActionReport> {
  const { inputs, workflow } = job;
  const earlier = await readPrevious(job);
  const report = await readinessReport.run(withCloneAtHand(job), {
    ...(inputs.scope === null ? {} : { scope: inputs.scope }),
    ...(workflow.id === null ? {} : { ownRun: workflow.id }),
    ...earlier.given,
    audience: 'umbrella_readers',
  });
  const { verdict } = report;
  // Nothing of it is needed to ask for anything.
  const { renderReadinessPage } = await import('../../src/surfaces/readiness-page/render-page.tsx');
  return {
    decision: verdict.decision,
    headline: verdict.headline,
    blockingCount: verdict.blocking.length,
    markdown: renderWholeReadiness(report),
    brief: renderReadinessMarkdown(report),
    charts: renderPie('Tasks in scope', slicesOf(report)),
    files: [
      { name: 'report.json', text: `${JSON.stringify(report, null, 2)}\n` },
      { name: 'report.html', text: renderReadinessPage(report) },
    ],
    findings: [
      ...warningOf(report, earlier),
      ...report.findings.filter(({ waived_by: waiver }) => waiver === null).map((one) => findingOf(one, report)),
    ],
    outputs: { 'unknown-count': String(verdict.unknown.length) },
    comment: { kind: 'report', marker: READINESS_MARKER },
  };
}

interface Earlier {
  /** What the operation gets. */
  readonly given: { readonly previous?: string; readonly previousName?: string };
  /** Why there is nothing to compare with; null where there is, or nothing was asked for. */
  readonly problem: string | null;
}

const NO_EARLIER: Earlier = { given: {}, problem: null };

/**
 * A first run finds no report of an earlier one, and a new version of Parasol may not read that of an old one. Neither stops
 * the report: a step that failed for it would never leave the next run one to compare with.
 */
async function readPrevious({ inputs, workflow }: ActionJob): Promise<Earlier> {
  const name = inputs['previous-report'];
  if (name === null) return NO_EARLIER;
  const text = await readFile(resolve(workflow.workspace, name), 'utf8').catch(() => null);
  if (text === null) return { given: {}, problem: `${JSON.stringify(name)} cannot be read` };
  const previous = text.replace(/^\ufeff/, '');
  try {
    parsePreviousReport(previous, name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { given: {}, problem: error.message.replace(/\.$/, '') };
  }
  return { given: { previous, previousName: name }, problem: null };
}

/** A new release begins a new scope: nothing to stop for, but to say. */
function warningOf(report: ReadinessReport, { given, problem }: Earlier): readonly ReportedFinding[] {
  const text =
    problem === null
      ? notCompared(report, given.previousName)
      : `There is no earlier report to compare with: ${problem}. Nothing is said of what changed since.`;
  return text === null ? [] : [{ level: 'warning', title: 'Parasol', text }];
}

const slicesOf = ({ metrics }: ReadinessReport) =>
  Object.entries(metrics.states).map(([state, count]) => ({ name: inWords(state), count }));

/** At the file of its evidence, where it has one. */
function findingOf(finding: Finding, report: ReadinessReport): ReportedFinding {
  const { item, why, action, actor, evidence, criterion } = finding;
  const place = evidence.find(({ path }) => path !== undefined);
  return {
    level: levelOfFinding(finding, report),
    title: item === null ? inWords(criterion) : `${inWords(criterion)}: ${item.ref}`,
    text: `${why}. Next: ${action.text} (${actor.name})`,
    ...(place?.path === undefined ? {} : { file: place.path }),
    ...(place?.line === undefined ? {} : { line: place.line }),
  };
}
