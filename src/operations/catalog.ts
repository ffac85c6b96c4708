import type * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { doctor } from './doctor.ts';
import { init } from './init.ts';
import type { Operation, OperationContext, WriteHints } from './operation.ts';
import { planApply } from './plan-apply.ts';
import { planDrop } from './plan-drop.ts';
import { planList } from './plan-list.ts';
import { planShow } from './plan-show.ts';
import { planUndoOperation } from './plan-undo.ts';
import { readinessReport } from './readiness-report.ts';
import { reviewersAsk } from './reviewers-ask.ts';
import { reviewersAway } from './reviewers-away.ts';
import { reviewersCapacity } from './reviewers-capacity.ts';
import { reviewersExplain } from './reviewers-explain.ts';
import { reviewersLoad } from './reviewers-load.ts';
import { reviewersSimulate } from './reviewers-simulate.ts';
import { reviewersSuggest } from './reviewers-suggest.ts';
import { riskLearn } from './risk-learn.ts';
import { riskMatrix } from './risk-matrix.ts';
import { riskQueue } from './risk-queue.ts';
import { riskScore } from './risk-score.ts';
import { taskLineage } from './task-lineage.ts';
import { taskNext } from './task-next.ts';
import { today } from './today.ts';
import { umbrellaBackfill } from './umbrella-backfill.ts';
import { umbrellaDrift } from './umbrella-drift.ts';
import { umbrellaLink, umbrellaMove } from './umbrella-link.ts';
import { umbrellaList } from './umbrella-list.ts';
import { umbrellaOrder } from './umbrella-order.ts';
import { umbrellaRollup } from './umbrella-rollup.ts';
import { umbrellaScaffold } from './umbrella-scaffold.ts';
import { umbrellaShow } from './umbrella-show.ts';
import { umbrellaUnlink } from './umbrella-unlink.ts';
import { workClaim } from './work-claim.ts';
import { workRelease } from './work-release.ts';
import { workRenew } from './work-renew.ts';

/** An operation with its types erased, so that a surface can treat all of them alike. */
export interface CatalogEntry {
  /** `umbrella.list`. */
  readonly name: string;
  readonly summary: string;
  readonly effect: 'read' | 'write';
  readonly hints?: WriteHints;
  readonly needsStore: (input: unknown) => boolean;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject | z.ZodReadonly<z.ZodObject>;
  /** Checks `input` against the schema first: a `UserError('usage', …)` names each field that is wrong or unknown. */
  readonly run: (context: OperationContext, input: unknown) => Promise<unknown>;
}

/** Every user-visible verb, in the order of the help text. CLI commands and MCP tools are made from this list. */
export const CATALOG: readonly CatalogEntry[] = [
  entryOf(umbrellaList),
  entryOf(umbrellaShow),
  entryOf(umbrellaRollup),
  entryOf(umbrellaDrift),
  entryOf(umbrellaScaffold),
  entryOf(umbrellaBackfill),
  entryOf(planList),
  entryOf(planShow),
  entryOf(planApply),
  entryOf(planUndoOperation),
  entryOf(planDrop),
  entryOf(workClaim),
  entryOf(workRenew),
  entryOf(workRelease),
  entryOf(umbrellaLink),
  entryOf(umbrellaUnlink),
  entryOf(umbrellaMove),
  entryOf(umbrellaOrder),
  entryOf(taskLineage),
  entryOf(taskNext),
  entryOf(riskScore),
  entryOf(riskMatrix),
  entryOf(riskQueue),
  entryOf(riskLearn),
  entryOf(reviewersLoad),
  entryOf(reviewersExplain),
  entryOf(reviewersSuggest),
  entryOf(reviewersAsk),
  entryOf(reviewersSimulate),
  entryOf(reviewersAway),
  entryOf(reviewersCapacity),
  entryOf(readinessReport),
  entryOf(today),
  entryOf(doctor),
  entryOf(init),
];

/** The entry of an operation by its name; throws `not_found` that lists all where there is none of that name. */
export function catalogEntry(name: string): CatalogEntry {
  const entry = CATALOG.find((one) => one.name === name);
  if (entry !== undefined) return entry;
  throw new UserError(
    'not_found',
    `There is no operation ${name}.`,
    `There are ${CATALOG.map((one) => one.name).join(', ')}.`,
  );
}

function entryOf<Input extends z.ZodObject, Output extends CatalogEntry['output']>(
  operation: Operation<Input, Output>,
): CatalogEntry {
  const { name, summary, effect, hints, needsStore = false, input, output, run } = operation;
  return {
    name,
    summary,
    effect,
    ...(hints === undefined ? {} : { hints }),
    needsStore: (given) => (typeof needsStore === 'boolean' ? needsStore : needsStore(checkInput(operation, given))),
    input,
    output,
    run: (context, given) => run(context, checkInput(operation, given)),
  };
}

function checkInput<Input extends z.ZodObject, Output extends z.ZodType>(
  { name, input }: Operation<Input, Output>,
  given: unknown,
): z.output<Input> {
  refuseUnknown(name, input, given);
  const checked = input.safeParse(given);
  if (checked.success) return checked.data;
  const wrong = checked.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
  // One bound that is broken twice over says the same twice.
  const problems = [...new Set(wrong)].join('; ');
  throw new UserError('usage', `${name} cannot take this. ${problems}`, `It takes ${fieldsOf(input)}.`);
}

/** A misspelt one must not pass as not given: `plan.apply` with `onyl` would apply everything. */
function refuseUnknown(name: string, input: z.ZodObject, given: unknown): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return;
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(input.shape, key));
  if (unknown.length === 0) return;
  throw new UserError('usage', `${name} does not know ${unknown.join(', ')}.`, `It takes ${fieldsOf(input)}.`);
}

function fieldsOf(input: z.ZodObject): string {
  const fields = Object.entries(input.shape).map(([field, { description }]) => {
    return description === undefined ? field : `${field} (${description})`;
  });
  return fields.join(', ') || 'nothing';
}
