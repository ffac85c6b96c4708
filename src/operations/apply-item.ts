import { UserError } from '../core/failure.ts';
import { type ItemStatus, isInDoubt } from '../core/plan/item-status.ts';
import { newPlanAdvice } from '../core/plan/new-plan-advice.ts';
import type { PlanItem } from '../core/plan/plan.ts';
import { isMadeByItem, plannedRefs } from '../core/plan/resolve-change.ts';
import { effectStands, type PlannableChange, type Standing } from '../core/plan/standing.ts';
import type { Ref } from '../core/task/identity.ts';
import type { ChangeOutcome } from './apply-changes.ts';
import { failureOf, type ItemFailure, type ItemOutcome, type PlanRun, type Step, unmetNeed } from './plan-run.ts';
import { DOUBT_PAUSES_MS, readBegun, readInDoubt } from './read-in-doubt.ts';
import { readStanding } from './read-standing.ts';
import { writeItem } from './write-item.ts';

/**
 * Applies one item: looks whether GitHub says so already, puts what stands there into the ledger, writes, and puts down
 * what became of it. An item in doubt, whose write a crash cut off, is looked for first and only sent again when it does
 * not stand; until that is known it stays `unknown`. Nothing but a bug or a broken store is thrown.
 */
export async function applyItem(run: PlanRun, item: PlanItem): Promise<ItemOutcome> {
  const need = unmetNeed(run, item);
  const change = run.changeOf(item);
  const inDoubt = isInDoubt(run.entryOf(item).status);
  if (need !== null || change === null) {
    const why = need === null ? '' : `, which ${REASONS[run.entryOf({ id: need }).status] ?? 'is not done'}`;
    const reason = `needs ${need ?? 'an issue that is not made'}${why}`;
    return conclude(run, item, { status: inDoubt ? 'unknown' : 'skipped', reason });
  }
  let standing: Standing;
  // The wait may be an hour: what stands there is read after it, so that undo goes back to what was written over.
  if (!inDoubt) await run.pace.untilFree();
  try {
    standing = await patiently(run, item, () => readFor(run, item, change));
  } catch (error) {
    return concludeFailure(run, item, { error, isInDoubt: inDoubt });
  }
  if (effectStands(change, standing)) {
    // Whatever a person did to it since is no part of how it was made.
    if (wasBegun(run, item, change)) return found(run, item, { standing, after: null });
    const result = { stands: true, issue: issueOf(standing) };
    return conclude(run, item, { status: 'skipped', reason: 'GitHub says so already', result });
  }
  return write(run, item, { change, standing, wasInDoubt: inDoubt });
}

function readFor(run: PlanRun, item: PlanItem, change: PlannableChange): Promise<Standing> {
  if (isInDoubt(run.entryOf(item).status)) return readInDoubt(run, item, { change, made: null });
  return wasBegun(run, item, change) ? readBegun(run, item, { change, made: null }) : readNow(run, change);
}

/** A write of it was sent before, when its effect did not stand: if it does now, that was us. */
function wasBegun(run: PlanRun, item: PlanItem, change: PlannableChange): boolean {
  const { before } = run.entryOf(item);
  return before !== null && !effectStands(change, before);
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
  readonly wasInDoubt: boolean;
}

async function write(run: PlanRun, item: PlanItem, { change, standing, wasInDoubt }: Due): Promise<ItemOutcome> {
  // What stood there before the first attempt is what undo goes back to.
  const before = run.entryOf(item).before ?? standing;
  const outcome = await writeItem(run, change, () => run.record(item, { status: 'started', before }));
  if (outcome.outcome !== 'done') return settle(run, item, { change, outcome, wasInDoubt });
  const issue = outcome.issue ?? null;
  const after = issue === null ? null : await readNow(run, change, issue).catch(() => null);
  return conclude(run, item, { status: 'done', after, result: { stands: true, issue } });
}

interface Untold {
  readonly change: PlannableChange;
  readonly outcome: ChangeOutcome;
  readonly wasInDoubt: boolean;
}

/**
 * Not told as done: GitHub is asked what stands there now, because an answer may have got lost on the way. Only what
 * GitHub refused has failed; a refusal says nothing of an earlier attempt that is in doubt.
 */
async function settle(run: PlanRun, item: PlanItem, untold: Untold): Promise<ItemOutcome> {
  const { change, outcome } = untold;
  const isUnknown = untold.wasInDoubt || isUnanswered(outcome);
  try {
    const standing = await readAfter(run, item, untold);
    if (effectStands(change, standing)) {
      return await found(run, item, { standing, after: standing.kind === 'creation' ? standing : null });
    }
  } catch (error) {
    if (isUnknown) return concludeFailure(run, item, { error, isInDoubt: true });
    if (!(error instanceof UserError)) throw error;
  }
  return concludeAs(run, item, { status: isUnknown ? 'unknown' : 'failed', failure: failureIn(run, untold) });
}

function failureIn({ plan }: PlanRun, { outcome }: Untold): ItemFailure {
  if (outcome.cause instanceof UserError) return failureOf(outcome.cause);
  const reason = outcome.reason ?? 'GitHub did not do it';
  // Another text stands there: nothing was sent.
  if (outcome.outcome === 'skipped') {
    return { reason: `${reason}: ${newPlanAdvice(plan)}`, code: 'usage', isOutdated: true };
  }
  return { reason, code: outcome.code ?? 'usage' };
}

const isUnanswered = ({ code }: ChangeOutcome): boolean => code === 'github_unavailable' || code === 'internal';

function readAfter(run: PlanRun, item: PlanItem, { change, outcome, wasInDoubt }: Untold): Promise<Standing> {
  const made = outcome.issue ?? null;
  if (isUnanswered(outcome)) return readInDoubt(run, item, { change, made });
  return wasInDoubt ? readBegun(run, item, { change, made }) : readNow(run, change, made);
}

const readNow = ({ context }: PlanRun, change: PlannableChange, made: Ref | null = null): Promise<Standing> =>
  readStanding(context.github, change, made);

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

interface Found {
  readonly standing: Standing;
  readonly after: Standing | null;
}

/** The write is ours: the ledger said that it was about to be sent. */
function found(run: PlanRun, item: PlanItem, { standing, after }: Found): Promise<ItemOutcome> {
  return conclude(run, item, { status: 'done', after, result: { stands: true, issue: issueOf(standing) } });
}

const issueOf = (standing: Standing): Ref | null =>
  standing.kind === 'creation' ? (standing.made?.ref ?? null) : null;

/** Where GitHub gave no answer, or hides what it is about, an item in doubt stays in doubt. */
async function concludeFailure(
  run: PlanRun,
  item: PlanItem,
  { error, isInDoubt }: { readonly error: unknown; readonly isInDoubt: boolean },
): Promise<ItemOutcome> {
  if (!(error instanceof UserError)) throw error;
  return concludeAs(run, item, { status: isInDoubt ? 'unknown' : 'failed', failure: failureOf(error) });
}

async function concludeAs(
  run: PlanRun,
  item: PlanItem,
  { status, failure }: { readonly status: ItemStatus; readonly failure: ItemFailure },
): Promise<ItemOutcome> {
  await run.record(item, { status, reason: failure.reason });
  return { status, ...failure };
}

async function conclude(run: PlanRun, item: PlanItem, step: Step): Promise<ItemOutcome> {
  await run.record(item, step);
  return { status: step.status, reason: step.reason ?? null, code: null };
}
