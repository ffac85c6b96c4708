import { join } from 'node:path';
import { setOutput } from '@actions/core';
import { visibleLine } from '../src/core/markdown.ts';
import type { ActionJob, ActionReport } from './action-command.ts';
import { writeReportFile } from './report-folder.ts';
import type { WrittenToGitHub } from './write-to-github.ts';

export interface PublishedReport {
  /** Path of `report.md`. */
  readonly markdownFile: string;
  /** What was asked for and could not be written, in one line each. */
  readonly notes: readonly string[];
}

/** Report files and outputs first, so that they are there whatever becomes of the writes to GitHub that were asked for. */
export async function publishReport(report: ActionReport, job: ActionJob, folder: string): Promise<PublishedReport> {
  await writeFiles(report, folder);
  const path = (name: string): string => (report.files.some((file) => file.name === name) ? join(folder, name) : '');
  const markdownFile = join(folder, 'report.md');
  const outputs = {
    decision: report.decision ?? '',
    headline: visibleLine(report.headline),
    'blocking-count': report.blockingCount,
    'report-dir': folder,
    'report-json': path('report.json'),
    'report-markdown': markdownFile,
    'report-html': path('report.html'),
    ...report.outputs,
  };
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  if (!job.inputs.comment && !job.inputs.check) return told(markdownFile, NOTHING_WRITTEN);
  const { writeToGitHub } = await import('./write-to-github.ts');
  return told(markdownFile, await writeToGitHub(report, job));
}

const NOTHING_WRITTEN: WrittenToGitHub = { isCommentChanged: false, isCheckReported: false, notes: [] };

function told(markdownFile: string, { isCommentChanged, isCheckReported, notes }: WrittenToGitHub): PublishedReport {
  setOutput('comment-changed', isCommentChanged);
  setOutput('check-reported', isCheckReported);
  return { markdownFile, notes };
}

async function writeFiles({ files, markdown }: ActionReport, folder: string): Promise<void> {
  await Promise.all(
    [...files, { name: 'report.md', text: markdown }].map(({ name, text }) =>
      writeReportFile(join(folder, name), text),
    ),
  );
}
