import { type FailureCode, UserError } from '../core/failure.ts';
import { isInDoubt } from '../core/plan/item-status.ts';
import type { PlanItem } from '../core/plan/plan.ts';
import { isMadeByItem, plannedRefs } from '../core/plan/resolve-change.ts';
import { effectStands, type PlannableChange, type Standing } from '../core/plan/standing.ts';
import type { Ref } from '../core/task/identity.ts';
import type { ChangeOutcome } from './apply-changes.ts';
import { type ItemOutcome, type PlanRun, type Step, unmetNeed } from './plan-run.ts';
import { readStanding } from './read-standing.ts';
import { writeItem } from './write-item.ts';

/** GitHub may answer stale: so long it is asked again for an issue that may have been made, before it counts as not made. */
const DOUBT_PAUSES_MS: readonly number[] = [1000, 2000, 4000];

/**
 * Applies one item: looks whether GitHub says so already, puts what stands there into the ledger, writes, and puts down
 * what became of it. An item in doubt, whose write a crash cut off, is looked for first and only sent again when it does
 * not stand. Nothing but a bug or a broken store is thrown.
 */
export async function applyItem(run: PlanRun, item: PlanItem): Promise<ItemOutcome> {
  const need = unmetNeed(run, item);
  const change = run.changeOf(item);
  if (need !== null || change === null) {
    const why = need === null ? '' : `, which ${REASONS[run.entryOf({ id: need }).status] ?? 'is not done'}`;
    return conclude(run, item, { status: 'skipped', reason: `needs ${need ?? 'an issue that is not made'}${why}` });
  }
  const inDoubt = isInDoubt(run.entryOf(item).status);
  let standing: Standing;
  // The wait may be an hour: what stands there is read after it, so that undo goes back to what was written over.
  if (!inDoubt) await run.pace.untilFree();
  try {
    standing = await patiently(run, item, () => (inDoubt ? readInDoubt : readNow)(run, change));
  } catch (error) {
    return concludeFailure(run, item, { error, isInDoubt: inDoubt });
  }
  if (effectStands(change, standing)) {
    if (inDoubt) return found(run, item, standing);
    const result = { stands: true, issue: issueOf(standing) };
    return conclude(run, item, { status: 'skipped', reason: 'GitHub says so already', result });
  }
  return write(run, item, { change, standing });
}

const REASONS: Readonly<Record<string, string>> = {
  failed: 'failed',
  skipped: 'was skipped',
  planned: 'is left out',
  unknown: 'nobody could be asked about',
  undoing: 'is being undone',
  undone: 'was undone',
};

interface Due {
  readonly change: PlannableChange;
  readonly standing: Standing;
}

async function write(run: PlanRun, item: PlanItem, { change, standing }: Due): Promise<ItemOutcome> {
  // What stood there before the first attempt is what undo goes back to.
  const before = run.entryOf(item).before ?? standing;
  const outcome = await writeItem(run, change, () => run.record(item, { status: 'started', before }));
  if (outcome.outcome !== 'done') return settle(run, item, { change, outcome });
  const issue = outcome.issue ?? null;
  const after = issue === null ? null : await readNow(run, change, issue).catch(() => null);
  return conclude(run, item, { status: 'done', after, result: { stands: true, issue } });
}

/** Not told as done: GitHub is asked what stands there now, because an answer may have got lost on the way. */
async function settle(
  run: PlanRun,
  item: PlanItem,
  { change, outcome }: { readonly change: PlannableChange; readonly outcome: ChangeOutcome },
): Promise<ItemOutcome> {
  const isSent = outcome.code === 'github_unavailable' || outcome.code === 'internal';
  try {
    const standing = await (isSent ? readInDoubt : readNow)(run, change, outcome.issue ?? null);
    if (effectStands(change, standing)) return await found(run, item, standing);
  } catch (error) {
    if (isSent) return concludeFailure(run, item, { error, isInDoubt: true });
    if (!(error instanceof UserError)) throw error;
  }
  const reason = outcome.reason ?? 'GitHub did not do it';
  return conclude(run, item, { status: 'failed', reason }, outcome.code ?? 'usage');
}

const readNow = ({ context }: PlanRun, change: PlannableChange, made: Ref | null = null): Promise<Standing> =>
  readStanding(context.github, change, made);

async function readInDoubt(run: PlanRun, change: PlannableChange, made: Ref | null = null): Promise<Standing> {
  let standing = await readNow(run, change, made);
  // Anything else may be sent twice; only an issue would then be there twice.
  if (change.kind !== 'create_issue') return standing;
  for (const pauseMs of DOUBT_PAUSES_MS) {
    if (effectStands(change, standing)) return standing;
    await run.pace.sleep(pauseMs);
    standing = await readNow(run, change, made);
  }
  return standing;
}

/** An issue that this plan made a moment ago may not show yet. */
async function patiently(run: PlanRun, item: PlanItem, read: () => Promise<Standing>): Promise<Standing> {
  const isOnNewIssue = plannedRefs(item.change).some(isMadeByItem);
  for (const pauseMs of isOnNewIssue ? DOUBT_PAUSES_MS : []) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'not_found')) throw error;
      await run.pace.sleep(pauseMs);
    }
  }
  return read();
}

/** The write is ours: the ledger said that it was about to be sent. */
function found(run: PlanRun, item: PlanItem, standing: Standing): Promise<ItemOutcome> {
  const after = standing.kind === 'creation' ? standing : null;
  return conclude(run, item, { status: 'done', after, result: { stands: true, issue: issueOf(standing) } });
}

const issueOf = (standing: Standing): Ref | null =>
  standing.kind === 'creation' ? (standing.made?.ref ?? null) : null;

/** Where GitHub could not be asked, an item in doubt stays in doubt. */
async function concludeFailure(
  run: PlanRun,
  item: PlanItem,
  { error, isInDoubt }: { readonly error: unknown; readonly isInDoubt: boolean },
): Promise<ItemOutcome> {
  if (!(error instanceof UserError)) throw error;
  const isUnanswered = error.code !== 'not_found' && error.code !== 'usage';
  const status = isInDoubt && isUnanswered ? 'unknown' : 'failed';
  return conclude(run, item, { status, reason: error.message }, error.code);
}

async function conclude(
  run: PlanRun,
  item: PlanItem,
  step: Step,
  code: FailureCode | null = null,
): Promise<ItemOutcome> {
  await run.record(item, step);
  return { status: step.status, reason: step.reason ?? null, code };
}
