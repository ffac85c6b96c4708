/**
 * `/parasol split api docs`: makes what is missing of these lanes under the umbrella where the comment stands.
 *
 * People with write permission may use it. The work is a plan that is kept in the store, so that a process that ends in the
 * middle loses nothing: the next one applies the rest and answers the comment. However often that happens, each task is
 * made once, and the comment gets one reply.
 */
import { mayPass, UserError } from '../core/failure.ts';
import { neutralizeInline } from '../core/markdown.ts';
import type { Plan } from '../core/plan/plan.ts';
import { findUmbrellaOfBatch } from '../github/find-umbrellas.ts';
import { listAskedPlans, noteAnswered } from '../store/asked-plans.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { type AskedCommands, mayWrite, planAnswer, type Said } from './command-answer.ts';
import type { OperationContext } from './operation.ts';
import { applySplit, askedLately, planSplit, type SplitResult } from './split-umbrella.ts';
import { type StoreContext, storeOf } from './store-of.ts';

/** Whoever applies the rest of the plan answers the comment: another process, or this one once it has started again. */
export class AnsweredLater extends Error {}

/** Runs a bulk write once those before it are over. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Throws `AnsweredLater` when the plan is left to somebody else. */
export async function runSplit(
  context: OperationContext,
  { on, by, subject, commentId }: AskedCommands,
  { args, inTurn }: { readonly args: readonly string[]; readonly inTurn: InTurn },
): Promise<Said> {
  if (subject.kind === 'pull_request') return { ok: false, text: NO_PULL_REQUEST };
  if (!(await mayWrite(context, on, by))) return { ok: false, text: NO_SPLITTER };
  // A batch only holds some of an umbrella's children: what is missing is missing under the umbrella.
  const ofBatch = subject.kind === 'issue' ? await findUmbrellaOfBatch(context.github, subject.nodeId) : null;
  if (ofBatch !== null && !(await mayWrite(context, ofBatch, by))) return { ok: false, text: NO_SPLITTER };
  const lanes = args.flatMap((words) => words.split(',')).filter((word) => word !== '');
  try {
    const planned = await planSplit(context, { on, commentId, by, lanes }, ofBatch ?? on);
    if ('items' in planned) return await finish(context, planned, inTurn);
    return { ok: true, text: splitText(planned, lanes) };
  } catch (cause) {
    // What is wrong with a template of this repository, its readers may read: that is what they have to correct.
    const isTellable = cause instanceof UserError && (cause.code === 'config_invalid' || cause.code === 'usage');
    if (!isTellable) throw cause;
    return { ok: false, text: neutralizeInline(`${cause.message} ${cause.hint}`, 2_000), cause };
  }
}

/** Plans of the last day that a process left before their comment was answered. */
export async function listUnansweredPlans(
  context: StoreContext & Pick<OperationContext, 'now'>,
): Promise<readonly Plan[]> {
  const asked = await listAskedPlans(await storeOf(context), askedLately(context.now()));
  return asked.filter(({ isAnswered }) => !isAnswered).map(({ plan }) => plan);
}

/**
 * Applies the rest of such a plan and answers its comment; nothing where whoever asked may not split any more. Throws
 * `AnsweredLater` as `runSplit` does.
 */
export async function resumeSplit(
  context: OperationContext,
  plan: Plan,
  inTurn: InTurn,
): Promise<readonly ChangeOutcome[]> {
  const { asked } = plan;
  const store = await storeOf(context);
  if (asked === undefined || !(await mayWrite(context, asked.on, asked.by))) {
    await noteAnswered(store, plan.id);
    return [];
  }
  const said = await finish(context, plan, inTurn);
  const outcomes = await applyChanges(context, planAnswer(asked, [said]));
  await noteSaid(context, [said], outcomes);
  return outcomes;
}

/** Puts down that the comment was answered, or never can be; not where another attempt may succeed. */
export async function noteSaid(
  context: OperationContext,
  said: readonly Said[],
  outcomes: readonly ChangeOutcome[],
): Promise<void> {
  if (outcomes.some(({ code }) => code !== null && mayPass(code))) return;
  for (const { planId } of said) if (planId !== undefined) await noteAnswered(await storeOf(context), planId);
}

async function finish(context: OperationContext, plan: Plan, inTurn: InTurn): Promise<Said> {
  try {
    const result = await inTurn(() => applySplit(context, plan));
    const text = splitText(result, plan.asked?.lanes ?? []);
    return result.failed === 0 ? { ok: true, text, planId: plan.id } : { ok: false, text, planId: plan.id };
  } catch (cause) {
    const isElsewhere = cause instanceof UserError && cause.code === 'store_locked';
    if (!isElsewhere && context.stop?.aborted !== true) throw cause;
    throw new AnsweredLater(`the plan ${plan.id} is left to whoever holds it next`, { cause });
  }
}

function splitText(result: SplitResult, lanes: readonly string[]): string {
  const { created, standing, failed, offered, remarks, planId } = result;
  const under =
    lanes.length === 0
      ? ''
      : ` under ${lanes.length === 1 ? 'the lane' : 'lanes'} ${neutralizeInline(lanes.join(', '))}`;
  const made = created.length === 0 ? 'Nothing was missing' : `Created ${created.join(', ')}`;
  const there = standing === 0 ? '' : `; ${standing} ${standing === 1 ? 'was' : 'were'} there`;
  const left =
    failed === 0 ? '' : ` ${failed} of the plan's items did not come about: \`parasol plan show ${planId}\` says why.`;
  const offers =
    offered.length === 0 ? '' : ` Offered, and made where you name them: ${neutralizeInline(offered.join(', '))}.`;
  const config = remarks.map((remark) => ` ${neutralizeInline(remark, 1_000)}`).join('');
  return `${made}${under}${there}.${left}${offers}${config}`;
}

const NO_PULL_REQUEST = 'Comment `/parasol split` on the umbrella itself: a pull request has no children.';

const NO_SPLITTER = 'Splitting makes issues and labels, so it takes write permission in this repository.';
