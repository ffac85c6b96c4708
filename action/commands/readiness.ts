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
    ...earlier,
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
  readonly previous?: string;
  readonly previousName?: string;
}

/** Throws `usage` for a file that cannot be read: without it nobody would be told that nothing was compared. */
async function readPrevious({ inputs, workflow }: ActionJob): Promise<Earlier> {
  const name = inputs['previous-report'];
  if (name === null) return {};
  const previous = await readFile(resolve(workflow.workspace, name), 'utf8').catch((cause: unknown) => {
    const hint = 'Name the `report.json` of an earlier run, from the workspace, or leave `previous-report` out.';
    throw new UserError('usage', `The earlier report ${JSON.stringify(name)} cannot be read.`, hint, { cause });
  });
  return { previous, previousName: name };
}

/** A new release begins a new scope: nothing to stop for, but to say. */
function warningOf(report: ReadinessReport, { previousName }: Earlier): readonly ReportedFinding[] {
  const text = notCompared(report, previousName);
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
