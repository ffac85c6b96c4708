import { error, notice, warning } from '@actions/core';
import { shorten, visibleLine } from '../src/core/markdown.ts';
import type { ReportedFinding } from './action-command.ts';

/**
 * GitHub shows ten annotations of each type for a step, and drops the rest in silence. One error is kept for the failure
 * of the step itself.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands, "Setting an error message"
 */
const MOST = { error: 9, warning: 10, notice: 10 } as const;
/** GitHub takes 4096 characters; nobody reads them. */
const LONGEST_TEXT = 1000;
const LONGEST_TITLE = 200;

const SHOW = { error, warning, notice } as const;

/** The worst findings as annotations, at their file where they have one. Notes of ours are the first warnings. */
export function annotate(findings: readonly ReportedFinding[], notes: readonly string[]): void {
  const own = notes.map((text): ReportedFinding => ({ level: 'warning', title: 'Parasol', text }));
  const all = [...own, ...findings];
  for (const level of ['error', 'warning', 'notice'] as const)
    for (const finding of all.filter((one) => one.level === level).slice(0, MOST[level])) annotateOne(finding);
}

function annotateOne({ level, title, text, file, line }: ReportedFinding): void {
  SHOW[level](shorten(visibleLine(text), LONGEST_TEXT), {
    title: shorten(visibleLine(title), LONGEST_TITLE),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { startLine: line }),
  });
}
