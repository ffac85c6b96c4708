import type { Change } from '../core/change.ts';
import { type FailureCode, UserError } from '../core/failure.ts';
import { applyChange } from '../github/apply-change.ts';
import { findMarkedComment } from '../github/find-marked-comment.ts';
import type { OperationContext } from './operation.ts';

/** What became of one change. */
export interface ChangeOutcome {
  readonly change: Change;
  readonly outcome: 'done' | 'failed' | 'skipped';
  /** Why it failed or was skipped, in words that are safe to show; null when done. */
  readonly reason: string | null;
  /** Null unless it failed; `not_found`: what was to be changed is gone. */
  readonly code: FailureCode | null;
  /** What was thrown, for the log alone. */
  readonly cause?: unknown;
}

interface ApplyOptions {
  /** Nothing is asked of GitHub; every change comes back as skipped. */
  readonly dryRun?: boolean;
}

type Context = Pick<OperationContext, 'github'>;

/**
 * The only writer: carries out changes one after the other, in order, and reports on each. A change that fails stops
 * none of the others. A comment is never made twice: when one of ours with the same marker has appeared meanwhile (the
 * answer to an earlier attempt got lost, another process was faster), that one is edited, or left as it is.
 */
export async function applyChanges(
  context: Context,
  changes: readonly Change[],
  { dryRun = false }: ApplyOptions = {},
): Promise<readonly ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  for (const change of changes) {
    outcomes.push(dryRun ? skipped(change, 'dry run') : await applyOne(context, change));
  }
  return outcomes;
}

async function applyOne({ github }: Context, change: Change): Promise<ChangeOutcome> {
  try {
    const due = change.kind === 'create_comment' ? await withoutDuplicate(github, change) : change;
    if (due === null) return skipped(change, 'the comment is already there');
    const { outcome } = await applyChange(github, due);
    if (outcome === 'applied') return { change, outcome: 'done', reason: null, code: null };
    return { change, outcome: 'failed', reason: 'what was to be changed is gone', code: 'not_found' };
  } catch (cause) {
    if (cause instanceof UserError)
      return { change, outcome: 'failed', reason: cause.message, code: cause.code, cause };
    return { change, outcome: 'failed', reason: 'internal error', code: 'internal', cause };
  }
}

async function withoutDuplicate(
  github: Context['github'],
  change: Extract<Change, { kind: 'create_comment' }>,
): Promise<Change | null> {
  const own = await findMarkedComment(github, change.on, change.marker);
  if (own === null) return change;
  return own.body === change.body ? null : { ...change, kind: 'update_comment', commentId: own.id };
}

const skipped = (change: Change, reason: string): ChangeOutcome => ({ change, outcome: 'skipped', reason, code: null });
