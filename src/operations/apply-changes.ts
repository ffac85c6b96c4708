import type { Change } from '../core/change.ts';
import { type FailureCode, UserError } from '../core/failure.ts';
import type { Ref } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import { applyChange } from '../github/apply-change.ts';
import { findMarkedComments } from '../github/find-marked-comment.ts';
import { countWrite } from './count-write.ts';
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
  /** Only where a comment was made or edited: the one that now stands. */
  readonly comment?: WrittenComment;
  /** Only for `create_issue`: the issue that now stands, whether it was made now or found. */
  readonly issue?: Ref;
}

export type WrittenComment = Pick<OwnComment, 'id' | 'body'>;

interface ApplyOptions {
  /** Nothing is asked of GitHub; every change comes back as skipped. */
  readonly dryRun?: boolean;
}

/** With a store that is open, what is written counts against the pace of plans; without one nobody keeps count. */
export type WriteContext = Pick<OperationContext, 'github' | 'store' | 'isStoreOpen' | 'clock'>;

/**
 * The only writer: carries out changes one after the other, in order, and reports on each. A change that fails stops
 * none of the others. A comment is never made twice: when one of ours with the same marker has appeared meanwhile (the
 * answer to an earlier attempt got lost, another process was faster), that one is edited, or left as it is. When another
 * process made one at the same moment, the oldest of them stays and says what the change says.
 */
export async function applyChanges(
  context: WriteContext,
  changes: readonly Change[],
  { dryRun = false }: ApplyOptions = {},
): Promise<readonly ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  for (const change of changes) {
    outcomes.push(dryRun ? skipped(change, 'dry run') : await applyOne(context, change));
  }
  return outcomes;
}

async function applyOne(context: WriteContext, change: Change): Promise<ChangeOutcome> {
  const outcome = await send(context, change);
  if (outcome.outcome !== 'skipped') await countWrite(context);
  return outcome;
}

async function send({ github }: WriteContext, change: Change): Promise<ChangeOutcome> {
  try {
    const due = change.kind === 'create_comment' ? await withoutDuplicate(github, change) : change;
    if (due === null) return skipped(change, 'the comment is already there');
    const { outcome, id, issue } = await applyChange(github, due);
    const made = issue === undefined ? {} : { issue };
    const done = { change, outcome: 'done', reason: null, code: null, ...made } as const;
    if (outcome === 'already_there') return { ...skipped(change, 'already there'), ...made };
    if (outcome === 'changed_meanwhile') return skipped(change, 'its text was changed meanwhile');
    if (due.kind === 'create_comment' && id !== null) return { ...done, comment: await keepOldest(github, due, id) };
    if (outcome === 'applied' && due.kind === 'update_comment')
      return { ...done, comment: { id: due.commentId, body: due.body } };
    if (outcome === 'applied') return done;
    return { change, outcome: 'failed', reason: 'what was to be changed is gone', code: 'not_found' };
  } catch (cause) {
    if (cause instanceof UserError)
      return { change, outcome: 'failed', reason: cause.message, code: cause.code, cause };
    return { change, outcome: 'failed', reason: 'internal error', code: 'internal', cause };
  }
}

type Creation = Extract<Change, { kind: 'create_comment' }>;

async function withoutDuplicate(github: WriteContext['github'], change: Creation): Promise<Change | null> {
  const [own] = await findMarkedComments(github, change.on, change.marker);
  if (own === undefined) return change;
  return own.body === change.body ? null : { ...change, kind: 'update_comment', commentId: own.id };
}

/** Two processes that both saw no comment both make one. Each looks again afterwards and ends with the same survivor. */
async function keepOldest(
  github: WriteContext['github'],
  { on, marker, body }: Creation,
  madeId: number,
): Promise<WrittenComment> {
  const all = await findMarkedComments(github, on, marker);
  const [oldest, ...later] = all;
  if (oldest === undefined || later.length === 0) return { id: madeId, body };
  if (oldest.body !== body)
    await applyChange(github, { kind: 'update_comment', on, commentId: oldest.id, marker, body });
  for (const { id } of later) await applyChange(github, { kind: 'delete_comment', on, commentId: id });
  return { id: oldest.id, body };
}

const skipped = (change: Change, reason: string): ChangeOutcome => ({ change, outcome: 'skipped', reason, code: null });
