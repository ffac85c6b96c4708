import { summary } from '@actions/core';
import { neutralizeInline } from '../src/core/markdown.ts';
import type { ActionReport } from './action-command.ts';
import { fitMarkdown } from './fit-markdown.ts';
import type { ToldFailure } from './in-action-words.ts';

/**
 * A step's summary may have 1 MiB; over it GitHub shows nothing at all.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const MAX_BYTES = 1024 * 1024 - 4096;

interface SummaryExtras {
  /** What could not be written or verified. */
  readonly notes: readonly string[];
  readonly markdownFile: string;
}

/** After what the report says first: its charts stand before the first part, table or fold below its title. */
function withCharts({ charts, markdown }: ActionReport): string {
  const lines = markdown.split('\n');
  const title = lines.findIndex((line) => line.startsWith('#'));
  const part = lines.findIndex((line, at) => at > title && /^(?:#{2,6} |\| |<details)/.test(line));
  const place = part < 0 ? lines.length : part;
  return [...lines.slice(0, place), ...charts, ...lines.slice(place)].join('\n');
}

/** The report with its charts as the job's summary; nothing where the runner gives no file for it. */
export async function writeSummary(report: ActionReport, { notes, markdownFile }: SummaryExtras): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  const told = notes.map((note) => `> [!NOTE]\n> ${neutralizeInline(note, 500)}\n`);
  const text = [...told, withCharts(report)].join('\n');
  const note = (shown: number, all: number): string =>
    `> [!IMPORTANT]\n> Cut: GitHub shows at most 1 MiB here. These are ${shown} of ${all} lines; all of them are in \`${markdownFile}\` (output \`report-markdown\`).`;
  await summary.addRaw(fitMarkdown(text, { maxBytes: MAX_BYTES, note }), true).write();
}

/** In place of a report. */
export async function writeFailure({ message, hint }: ToldFailure): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  const [wrong, next] = [message, hint].map((text) => neutralizeInline(text, 2_000));
  await summary.addRaw(`### Parasol made no report\n\n${wrong}\n\n**What to do:** ${next}\n`, true).write();
}
