import { FAILURES, type FailureCode, UserError } from '../../core/failure.ts';
import type { RunReport } from '../../operations/run-items.ts';

/** The items say what failed; the exit code says that something did. */
export function failureOfRun(
  { id, failure, isComplete, isResumable, items }: RunReport,
  verb: 'apply' | 'undo',
): UserError | null {
  if (isComplete) return null;
  const failed = items.filter(({ status }) => status === 'failed' || status === 'unknown').length;
  const code: FailureCode = failure !== null && failure in FAILURES ? (failure as FailureCode) : 'internal';
  return new UserError(
    code,
    failed === 0 ? `Not all of the plan ${id} could be done.` : `${failed} of the plan's items failed.`,
    isResumable
      ? `Look at the reasons above, then run parasol plan ${verb} ${id} again: what is done stays done.`
      : 'Look at the reasons above: this plan cannot do the rest, but a new one can. What is done stays done.',
  );
}
