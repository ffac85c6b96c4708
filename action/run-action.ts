import * as actions from '@actions/core';
import * as z from 'zod';
import { UserError } from '../src/core/failure.ts';
import type { ActionReport } from './action-command.ts';
import { annotate } from './annotate.ts';
import type { FirstAnswer } from './ask-first.ts';
import { COMMANDS } from './commands.ts';
import { connectJob } from './connect-job.ts';
import { idleInputs } from './idle-inputs.ts';
import { logLine } from './log-line.ts';
import { type OpenedJob, openJob } from './open-job.ts';
import { OUTPUTS_BEFORE } from './outputs-before.ts';
import { type PublishedReport, publishReport } from './publish-report.ts';
import { type ActionInputs, readInputs } from './read-inputs.ts';
import { makeReportFolder } from './report-folder.ts';
import { tellFailure } from './tell-failure.ts';
import { readWorkflowRun } from './workflow-run.ts';
import { writeSummary } from './write-summary.ts';

/**
 * The Action: inputs → command → outputs, report files, comment and check where they are asked for, summary, annotations.
 * What may not be written (a fork, a read-only token) is told in one line and stops nothing. The step fails where a
 * report cannot be made at all, which the summary tells, too, and where `fail-on` says so.
 */
export async function runAction(first: FirstAnswer | null): Promise<void> {
  // A run parses each thing once: making a parser of a schema's own takes longer than it saves.
  z.config({ jitless: true });
  for (const [name, value] of Object.entries(OUTPUTS_BEFORE)) actions.setOutput(name, value);
  const progress = { isReportMade: false };
  try {
    await run(readInputs(Object.keys(COMMANDS)), { first, progress });
  } catch (error) {
    await tellFailure(error, progress);
  }
}

interface Start {
  readonly first: FirstAnswer | null;
  /** From then on the outputs are the report's. */
  readonly progress: { isReportMade: boolean };
}

async function run(inputs: ActionInputs, { first, progress }: Start): Promise<void> {
  const workflow = readWorkflowRun(process.env);
  const [command, job] = await Promise.all([
    COMMANDS[inputs.command]?.(),
    connectJob(process.env, first).then((github) => openJob(inputs, { workflow, github })),
  ]);
  if (command === undefined) throw new Error(`no command ${inputs.command}`);
  if (!command.isJudge && inputs['fail-on'] !== 'never') throw judgesNothing(inputs);
  try {
    const folder = await makeReportFolder(inputs['report-dir'], workflow);
    const report = await command.run(job);
    progress.isReportMade = true;
    await tell(report, await publishReport(report, job, folder), job);
  } finally {
    await job.close();
  }
}

async function tell(report: ActionReport, published: PublishedReport, { inputs, notes }: OpenedJob): Promise<void> {
  const told = [...idleInputs(inputs), ...notes, ...published.notes];
  await writeSummary(report, { notes: told, markdownFile: published.markdownFile });
  annotate(report.findings, told);
  actions.info(logLine(report.headline));
  if (isFailure(report, inputs['fail-on'])) actions.setFailed(report.headline);
}

/** `unknown` includes `no_go`: whoever minds not knowing minds knowing the worst. */
function isFailure({ decision }: ActionReport, failOn: ActionInputs['fail-on']): boolean {
  if (failOn === 'never') return false;
  return decision === 'no_go' || (failOn === 'unknown' && decision !== 'go');
}

function judgesNothing({ command, 'fail-on': failOn }: ActionInputs): UserError {
  const message = `\`fail-on: ${failOn}\` means nothing to \`command: ${command}\`, which comes to no decision.`;
  return new UserError('usage', message, 'Leave `fail-on` out.');
}
