import type { PlannableChange } from '../core/plan/standing.ts';
import { retryAfterSeconds } from '../github/github-failure.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import type { PlanRun } from './plan-run.ts';

/** How often one write is sent when GitHub keeps answering that it is too much. */
const MAX_SENDS = 8;
/** GitHub's advice where it gives no time: a minute, and longer each time. */
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 3600;

/**
 * Sends one write at the pace of GitHub's limits. At a limit it waits as long as GitHub says and sends it again, at most
 * eight times; `beforeSend` runs before each.
 */
export async function writeItem(
  { context, pace }: Pick<PlanRun, 'context' | 'pace'>,
  change: PlannableChange,
  beforeSend: () => Promise<void> = async () => {},
): Promise<ChangeOutcome> {
  for (let sends = 1; ; sends += 1) {
    await pace.beforeWrite();
    await beforeSend();
    // Counted above, before it is sent: not once more.
    const [outcome] = await applyChanges({ github: context.github }, [change]);
    if (outcome === undefined) throw new Error('one change has one outcome');
    if (outcome.code !== 'rate_limited' || sends === MAX_SENDS) return outcome;
    const doubled = FIRST_WAIT_SECONDS * 2 ** (sends - 1);
    const seconds = retryAfterSeconds(outcome.cause, pace.now()) ?? Math.min(doubled, LONGEST_WAIT_SECONDS);
    await pace.sleep(seconds * 1000);
  }
}
