import type { CheckChange, CheckConclusion } from '../src/core/change.ts';
import { UserError } from '../src/core/failure.ts';
import { shorten } from '../src/core/markdown.ts';
import type { ActionJob, ActionReport } from './action-command.ts';
import { fitMarkdown } from './fit-markdown.ts';

/** GitHub takes 65,535 characters; the text beside it is not used. */
const MAX_SUMMARY_BYTES = 60_000;

/** GitHub takes neutral for passed where a check is required, so what nobody knows is never neutral. */
const CONCLUSIONS: Readonly<Record<'go' | 'no_go' | 'unknown', CheckConclusion>> = {
  go: 'success',
  no_go: 'failure',
  unknown: 'action_required',
};

/** The check run `parasol/COMMAND` on the head of the event, which says what the report says. */
export function checkOfReport(
  { decision, headline, markdown, brief = markdown }: ActionReport,
  job: ActionJob,
): CheckChange {
  const { inputs, workflow } = job;
  if (workflow.headSha === null) {
    const hint = 'Leave `check` out, or run on an event that has a commit.';
    throw new UserError('usage', 'The event that started this workflow is about no commit.', hint);
  }
  const note = (shown: number, all: number): string => `Cut here: ${shown} of ${all} lines.`;
  return {
    kind: 'report_check',
    repository: workflow.repository,
    sha: workflow.headSha,
    name: `parasol/${inputs.command}`,
    conclusion: decision === null ? 'neutral' : CONCLUSIONS[decision],
    title: shorten(headline, 200),
    summary: fitMarkdown(brief, { maxBytes: MAX_SUMMARY_BYTES, note }),
  };
}
