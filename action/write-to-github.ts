import type { Change } from '../src/core/change.ts';
import { UserError } from '../src/core/failure.ts';
import { planOwnComment } from '../src/core/plan-own-comment.ts';
import { findMarkedComments } from '../src/github/find-marked-comment.ts';
import { applyChanges, type ChangeOutcome } from '../src/operations/apply-changes.ts';
import type { ActionJob, ActionReport, ReportedComment } from './action-command.ts';
import { checkOfReport } from './check-of-report.ts';
import { findCommentPlace } from './find-comment-place.ts';
import { fitMarkdown } from './fit-markdown.ts';

export interface WrittenToGitHub {
  readonly isCommentChanged: boolean;
  readonly isCheckReported: boolean;
  readonly notes: readonly string[];
}

/** The comment and the check run that were asked for. Whatever GitHub refuses is a note: summary and outputs remain. */
export async function writeToGitHub(report: ActionReport, job: ActionJob): Promise<WrittenToGitHub> {
  const comment = job.inputs.comment ? await attempt('comment', () => writeComment(report, job)) : NOT_ASKED;
  const check = job.inputs.check ? await attempt('check run', () => reportCheck(report, job)) : NOT_ASKED;
  return {
    isCommentChanged: comment.isDone,
    isCheckReported: check.isDone,
    notes: [...comment.notes, ...check.notes],
  };
}

interface Attempt {
  readonly isDone: boolean;
  readonly notes: readonly string[];
}

const NOT_ASKED: Attempt = { isDone: false, notes: [] };

async function attempt(what: 'comment' | 'check run', write: () => Promise<Attempt>): Promise<Attempt> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { isDone: false, notes: [`The ${what} was not written: ${error.message} ${error.hint}`] };
  }
}

async function writeComment(report: ActionReport, job: ActionJob): Promise<Attempt> {
  const { comment } = report;
  if (comment.kind === 'own' && comment.withheld !== null) return { isDone: false, notes: [comment.withheld] };
  const changes = comment.kind === 'own' ? comment.changes : await planComment(report, { job, comment });
  return attemptOf('comment', await applyChanges(job.context, changes));
}

interface ReportComment {
  readonly job: ActionJob;
  readonly comment: Extract<ReportedComment, { kind: 'report' }>;
}

/** GitHub takes 65,536 characters, or bytes: see `github/sent-text.ts`. */
const MAX_COMMENT_BYTES = 60_000;

async function planComment(
  { markdown, brief = markdown }: ActionReport,
  { job, comment }: ReportComment,
): Promise<readonly Change[]> {
  const { marker } = comment;
  const on = await findCommentPlace(job);
  const note = (shown: number, all: number): string =>
    `Cut here: ${shown} of ${all} lines. The rest is in the report of the workflow's run.`;
  const text = brief.startsWith(marker) ? brief : `${marker}\n${brief}`;
  const body = fitMarkdown(text, { maxBytes: MAX_COMMENT_BYTES, note });
  const [own, ...later] = await findMarkedComments(job.context.github, on, marker);
  const ownComment = own === undefined ? null : { ...own, copies: later.map(({ id }) => id) };
  return planOwnComment({ ownComment, on, marker, body });
}

async function reportCheck(report: ActionReport, job: ActionJob): Promise<Attempt> {
  return attemptOf('check run', await applyChanges(job.context, [checkOfReport(report, job)]));
}

function attemptOf(what: string, outcomes: readonly ChangeOutcome[]): Attempt {
  const refused = outcomes.flatMap(({ outcome, reason, code }) =>
    outcome === 'failed' ? [`The ${what} was not written: ${reason}${code === 'forbidden' ? WHY_REFUSED : ''}`] : [],
  );
  return { isDone: outcomes.some(({ outcome }) => outcome === 'done'), notes: [...new Set(refused)] };
}

const WHY_REFUSED =
  ' Runs for forks and for Dependabot have read-only tokens, others have what the permissions of the workflow grant; the summary and the outputs hold the report.';
