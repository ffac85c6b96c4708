import type * as z from 'zod';
import type { Change } from '../../core/change.ts';
import { type FailureCode, isFailureCode, UserError } from '../../core/failure.ts';
import { notCompared } from '../../core/readiness/not-compared.ts';
import type { ChangeOutcome } from '../../operations/apply-changes.ts';
import { doctor } from '../../operations/doctor.ts';
import { init } from '../../operations/init.ts';
import type { LinkItem } from '../../operations/link-report.ts';
import type { Operation } from '../../operations/operation.ts';
import { planApply } from '../../operations/plan-apply.ts';
import { planDrop } from '../../operations/plan-drop.ts';
import { planList } from '../../operations/plan-list.ts';
import { planShow } from '../../operations/plan-show.ts';
import { planUndoOperation } from '../../operations/plan-undo.ts';
import { readinessReport } from '../../operations/readiness-report.ts';
import { reviewersAsk } from '../../operations/reviewers-ask.ts';
import { reviewersAway } from '../../operations/reviewers-away.ts';
import { reviewersCapacity } from '../../operations/reviewers-capacity.ts';
import { reviewersExplain } from '../../operations/reviewers-explain.ts';
import { reviewersLoad } from '../../operations/reviewers-load.ts';
import { reviewersSimulate } from '../../operations/reviewers-simulate.ts';
import { reviewersSuggest } from '../../operations/reviewers-suggest.ts';
import { riskLearn } from '../../operations/risk-learn.ts';
import { riskMatrix } from '../../operations/risk-matrix.ts';
import { riskQueue } from '../../operations/risk-queue.ts';
import { riskScore } from '../../operations/risk-score.ts';
import { taskLineage } from '../../operations/task-lineage.ts';
import { taskNext } from '../../operations/task-next.ts';
import { today } from '../../operations/today.ts';
import { umbrellaBackfill } from '../../operations/umbrella-backfill.ts';
import { umbrellaDrift } from '../../operations/umbrella-drift.ts';
import { type LinkReport, umbrellaLink, umbrellaMove } from '../../operations/umbrella-link.ts';
import { umbrellaList } from '../../operations/umbrella-list.ts';
import { umbrellaOrder } from '../../operations/umbrella-order.ts';
import { umbrellaRollup } from '../../operations/umbrella-rollup.ts';
import { umbrellaScaffold } from '../../operations/umbrella-scaffold.ts';
import { umbrellaShow } from '../../operations/umbrella-show.ts';
import { umbrellaUnlink } from '../../operations/umbrella-unlink.ts';
import { workClaim } from '../../operations/work-claim.ts';
import { workRelease } from '../../operations/work-release.ts';
import { workRenew } from '../../operations/work-renew.ts';
import { failureOfRun } from './failure-of-run.ts';
import { endOfWorld, type Kept } from './next-of-plan.ts';
import { plainLines } from './plain-lines.ts';
import { renderBackfill } from './render-backfill.ts';
import { renderDoctor } from './render-doctor.ts';
import { renderDrift } from './render-drift.ts';
import { renderLineage } from './render-lineage.ts';
import { renderLinks, renderOrder } from './render-links.ts';
import { renderNext } from './render-next.ts';
import { renderNotes } from './render-notes.ts';
import { renderAway, renderCapacity } from './render-own-reviews.ts';
import { renderDrop, renderPlan, renderPlanList, renderRun } from './render-plan.ts';
import { renderProposal } from './render-proposal.ts';
import { renderReadiness } from './render-readiness.ts';
import { renderReviewersExplain } from './render-reviewers-explain.ts';
import { renderReviewersLoad } from './render-reviewers-load.ts';
import { renderReviewersSimulate } from './render-reviewers-simulate.ts';
import { renderReviewersSuggest } from './render-reviewers-suggest.ts';
import { renderRiskLearn } from './render-risk-learn.ts';
import { renderRiskMatrix } from './render-risk-matrix.ts';
import { renderRiskQueue } from './render-risk-queue.ts';
import { renderRiskScore } from './render-risk-score.ts';
import { renderRollupText } from './render-rollup-text.ts';
import { onlyOffered, renderScaffold } from './render-scaffold.ts';
import { renderToday } from './render-today.ts';
import { renderUmbrellaList } from './render-umbrella-list.ts';
import { renderClaim, renderRelease, renderRenewal } from './render-work.ts';
import type { View } from './view.ts';

/** What a report can be made into besides text and JSON. */
export const REPORT_FORMATS = ['markdown', 'html'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** As the operation was given it. */
type Asked = Readonly<Record<string, unknown>>;

/** How the command line shows one operation; everything else about a command comes from the catalogue. */
export interface Presentation {
  /** The input field that is given without a flag, or several of them in the order of the schema; a list comes last. */
  readonly positional?: string | readonly string[];
  /** Input fields that a global option stands for. */
  readonly hidden: readonly string[];
  /** `--repo` may name a clone on this machine, which goes into the field `clone`; so does, `at_hand`, the checkout one is in. */
  readonly takesClone?: 'named' | 'at_hand';
  readonly render: (output: unknown, view: View) => string;
  /** What the output says was put into the store: with `--json` it is said on stderr that a world's ends with it. */
  readonly kept?: (output: unknown) => Kept | null;
  /** What `--json` prints. */
  readonly json: (output: unknown) => unknown;
  /** Lines for stderr beside JSON that has no room for what could not be read. */
  readonly notes?: (output: unknown, view: View) => readonly string[];
  /** What is said on stderr of how the output came from its input, in every form. */
  readonly aside?: (output: unknown, input: Asked) => string | null;
  /** For operations that can be written down with `--write`: the changes of this output. */
  readonly changes?: (output: unknown) => readonly Change[];
  /** The operation that `--write` runs in the place of this one. */
  readonly writtenBy?: string;
  /** Of an operation that writes itself: what became of its changes. */
  readonly outcomes?: (output: unknown) => readonly ChangeOutcome[];
  /** For operations that make a plan, which `--write` applies at once: its id, null where there is nothing to do. */
  readonly plan?: (output: unknown) => string | null;
  /** What `--write` says where there is no plan; null, and without it: that GitHub says all of it already. */
  readonly nothingPlanned?: (output: unknown) => string | null;
  /** The input field that keeps a plan: `--write` sets it, for operations that else only propose. */
  readonly keeps?: string;
  /**
   * An input flag whose option takes the name of a file: the text goes there. One that is there is never written over, because
   * somebody may have edited it, unless the text `isAnew` each time.
   */
  readonly writesFile?: {
    readonly field: string;
    readonly text: (output: unknown) => string | null;
    readonly isAnew?: true;
    /** Of the file's name, such as `.svg`, where the text is nothing else. */
    readonly ending?: string;
  };
  /** Other forms of the output: `--markdown`, `--html`; with them comes `--output`. */
  readonly formats?: Readonly<Partial<Record<ReportFormat, (output: unknown) => Promise<string>>>>;
  /** 0 without it; 1: there are findings, 2: nobody can say. What a plan that was written sets right counts no more. */
  readonly exitCode?: (output: unknown, isWritten: boolean) => number;
  /** Why `--write` will not write this; null when it will. */
  readonly refusal?: (output: unknown, view: View) => UserError | null;
  /** Input fields whose option takes a file: its text goes into the field, its name into the field named here. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the command fails with once its output is printed; null when it does not. */
  readonly failure?: (output: unknown) => UserError | null;
}

export const PRESENTATIONS: Readonly<Record<string, Presentation>> = {
  [umbrellaList.name]: present(umbrellaList, {
    hidden: ['repository'],
    render: renderUmbrellaList,
    // Addresses are left out: `ref` says the same.
    json: ({ umbrellas }) => umbrellas.map(({ url, dropped, ...summary }) => summary),
    notes: renderNotes,
  }),
  [umbrellaShow.name]: present(umbrellaShow, {
    positional: 'ref',
    hidden: ['clone'],
    takesClone: 'named',
    render: renderRollupText,
  }),
  [umbrellaRollup.name]: present(umbrellaRollup, {
    positional: 'ref',
    hidden: ['clone'],
    takesClone: 'named',
    render: ({ body }) => plainLines(body),
    changes: ({ changes }) => changes,
    refusal: ({ withheld }) => (withheld === null ? null : turnedOff(withheld)),
  }),
  [umbrellaLink.name]: present(umbrellaLink, {
    positional: ['umbrella', 'children'],
    kept: planOfLinks,
    render: renderLinks,
    changes: ({ changes }) => changes,
    refusal: needsPlan,
    failure: someRefused,
  }),
  [umbrellaUnlink.name]: present(umbrellaUnlink, {
    positional: ['umbrella', 'children'],
    render: renderLinks,
    changes: ({ changes }) => changes,
    failure: someRefused,
  }),
  [umbrellaMove.name]: present(umbrellaMove, {
    positional: ['children'],
    kept: planOfLinks,
    render: renderLinks,
    changes: ({ changes }) => changes,
    refusal: needsPlan,
    failure: someRefused,
  }),
  [umbrellaOrder.name]: present(umbrellaOrder, {
    positional: ['umbrella', 'child'],
    render: renderOrder,
    changes: ({ changes }) => changes,
  }),
  [umbrellaDrift.name]: present(umbrellaDrift, {
    positional: 'ref',
    render: renderDrift,
    keeps: 'fix',
    plan: ({ plan }) => plan,
    nothingPlanned: ({ findings }) => (findings.length > 0 ? 'Nothing to write.' : null),
    exitCode: ({ verdict, findings, gaps }, isWritten) => {
      if (!isWritten || findings.some(({ fixable }) => !fixable))
        return { in_step: 0, drifted: 1, unknown: 2 }[verdict];
      return gaps.length > 0 ? 2 : 0;
    },
  }),
  [umbrellaBackfill.name]: present(umbrellaBackfill, {
    positional: 'repository',
    render: renderBackfill,
    keeps: 'save',
    plan: ({ plan }) => plan,
    writesFile: { field: 'review', text: ({ checklist }) => checklist },
  }),
  [umbrellaScaffold.name]: present(umbrellaScaffold, {
    positional: 'ref',
    render: renderScaffold,
    plan: ({ plan }) => plan?.id ?? null,
    nothingPlanned: onlyOffered,
  }),
  [planList.name]: present(planList, { positional: 'repository', render: renderPlanList }),
  [planShow.name]: present(planShow, { positional: 'id', render: renderPlan }),
  [planApply.name]: present(planApply, {
    positional: 'id',
    hidden: ['reviewName'],
    files: { review: 'reviewName' },
    render: renderRun,
    failure: (report) => failureOfRun(report, 'apply'),
  }),
  [planUndoOperation.name]: present(planUndoOperation, {
    positional: 'id',
    render: renderRun,
    failure: (report) => failureOfRun(report, 'undo'),
  }),
  [planDrop.name]: present(planDrop, { positional: 'id', render: renderDrop }),
  [workClaim.name]: present(workClaim, {
    positional: 'umbrella',
    render: renderClaim,
    kept: ({ claim }) => (claim === null ? null : 'claims'),
  }),
  [workRenew.name]: present(workRenew, { positional: 'task', render: renderRenewal }),
  [workRelease.name]: present(workRelease, { positional: 'task', render: renderRelease }),
  [taskLineage.name]: present(taskLineage, { positional: 'ref', render: renderLineage }),
  [taskNext.name]: present(taskNext, { positional: 'umbrella', render: renderNext }),
  [riskScore.name]: present(riskScore, {
    positional: ['change', 'repository'],
    hidden: ['clone'],
    takesClone: 'at_hand',
    render: renderRiskScore,
  }),
  [riskMatrix.name]: present(riskMatrix, {
    positional: 'repository',
    hidden: ['clone'],
    takesClone: 'at_hand',
    render: renderRiskMatrix,
    json: ({ svg, ...matrix }) => matrix,
    writesFile: { field: 'svg', text: ({ svg }) => svg, isAnew: true, ending: '.svg' },
  }),
  [riskQueue.name]: present(riskQueue, {
    positional: 'repository',
    hidden: ['clone'],
    takesClone: 'at_hand',
    render: renderRiskQueue,
  }),
  [riskLearn.name]: present(riskLearn, {
    positional: 'repository',
    hidden: ['clone'],
    takesClone: 'at_hand',
    render: renderRiskLearn,
    // What it is run for did not happen; on no merges at all there was nothing to keep.
    exitCode: ({ notKept }) => (notKept === null ? 0 : 1),
  }),
  [reviewersLoad.name]: present(reviewersLoad, { positional: 'repository', render: renderReviewersLoad }),
  [reviewersExplain.name]: present(reviewersExplain, { positional: 'pull', render: renderReviewersExplain }),
  [reviewersSuggest.name]: present(reviewersSuggest, {
    positional: 'pull',
    hidden: ['repository'],
    render: renderReviewersSuggest,
    writtenBy: reviewersAsk.name,
  }),
  [reviewersAsk.name]: present(reviewersAsk, {
    positional: 'pull',
    hidden: ['repository'],
    render: renderReviewersSuggest,
    outcomes: ({ outcomes }) => outcomes.map((one) => ({ ...one, code: one.code === null ? null : codeOf(one.code) })),
  }),
  [reviewersSimulate.name]: present(reviewersSimulate, {
    positional: 'repository',
    hidden: ['traceName'],
    files: { trace: 'traceName' },
    render: renderReviewersSimulate,
  }),
  [reviewersAway.name]: present(reviewersAway, {
    positional: 'range',
    render: renderAway,
    kept: ({ did }) => (did === 'kept' ? 'absences' : null),
  }),
  [reviewersCapacity.name]: present(reviewersCapacity, {
    positional: 'count',
    render: renderCapacity,
    kept: () => 'capacities',
  }),
  [readinessReport.name]: present(readinessReport, {
    positional: 'scope',
    hidden: ['repository', 'previousName', 'clone', 'ownRun'],
    takesClone: 'at_hand',
    files: { previous: 'previousName' },
    render: renderReadiness,
    aside: (report, { previousName }) =>
      notCompared(report, typeof previousName === 'string' ? previousName : undefined),
    // Loaded where asked for: other commands need neither.
    formats: {
      markdown: async (report) =>
        (await import('../../core/readiness/render/render-markdown.ts')).renderReadinessMarkdown(report),
      html: async (report) => (await import('../readiness-page/render-page.tsx')).renderReadinessPage(report),
    },
    exitCode: ({ verdict }) => ({ go: 0, no_go: 1, unknown: 2 })[verdict.decision],
  }),
  [today.name]: present(today, {
    positional: 'repository',
    hidden: ['clone'],
    takesClone: 'at_hand',
    render: renderToday,
    formats: {
      markdown: async (list) =>
        (await import('../../core/readiness/today/render-today-markdown.ts')).renderTodayMarkdown(list),
    },
  }),
  [doctor.name]: present(doctor, { positional: 'repository', render: renderDoctor }),
  [init.name]: present(init, {
    hidden: ['repository'],
    render: renderProposal,
    changes: ({ changes }) => changes,
    refusal: ({ exists, repository, path }) => (exists ? alreadyConfigured(repository, path) : null),
  }),
};

function turnedOff(reason: string): UserError {
  return new UserError('usage', reason, 'Set `rollup: { mode: comment }` in .github/parasol.yml to have them written.');
}

/** As an operation told it, perhaps one of another version. */
const codeOf = (code: string): FailureCode => (isFailureCode(code) ? code : 'internal');

function alreadyConfigured(repository: string, path: string): UserError {
  return new UserError(
    'usage',
    `${repository} has a ${path} already, and init never overwrites one.`,
    'Run parasol init without --write to see the proposal, and take over what you want by hand.',
  );
}

function someRefused({ items }: { readonly items: readonly LinkItem[] }): UserError | null {
  const refused = items.filter(({ outcome }) => outcome === 'refused').length;
  if (refused === 0) return null;
  return new UserError(
    'usage',
    `Refused: ${refused} of ${items.length} ${items.length === 1 ? 'issue' : 'issues'}.`,
    'The reasons, and what to do instead, stand above.',
  );
}

function planOfLinks({ planId }: LinkReport): 'plans' | null {
  return planId === null ? null : 'plans';
}

/** Batches are filled from a plan, whose ledger knows how far it came. */
function needsPlan({ planId, umbrella }: LinkReport, view: View): UserError | null {
  if (planId === null) return null;
  return new UserError(
    'usage',
    `${umbrella.owner}/${umbrella.repo}#${umbrella.number} has no room for all of them without new batch umbrellas; nothing was written.`,
    view.isInWorld
      ? endOfWorld('plans', view).join('')
      : `parasol plan show ${planId}, then parasol plan apply ${planId}`,
  );
}

/** `Presentation` before its types are erased. */
interface Manner<Output> extends Pick<Presentation, 'positional' | 'files' | 'keeps' | 'takesClone' | 'writtenBy'> {
  readonly hidden?: readonly string[];
  readonly render: (output: Output, view: View) => string;
  readonly json?: (output: Output) => unknown;
  readonly notes?: (output: Output, view: View) => readonly string[];
  readonly aside?: (output: Output, input: Asked) => string | null;
  readonly changes?: (output: Output) => readonly Change[];
  readonly outcomes?: (output: Output) => readonly ChangeOutcome[];
  readonly plan?: (output: Output) => string | null;
  readonly nothingPlanned?: (output: Output) => string | null;
  readonly kept?: (output: Output) => Kept | null;
  readonly writesFile?: {
    readonly field: string;
    readonly text: (output: Output) => string | null;
    readonly isAnew?: true;
    readonly ending?: string;
  };
  readonly formats?: Readonly<Partial<Record<ReportFormat, (output: Output) => Promise<string>>>>;
  readonly exitCode?: (output: Output, isWritten: boolean) => number;
  readonly refusal?: (output: Output, view: View) => UserError | null;
  readonly failure?: (output: Output) => UserError | null;
}

/** Parses the erased output with the operation's own schema, so that the renderer gets it typed. */
function present<Input extends z.ZodObject, Output extends z.ZodType>(
  { output }: Operation<Input, Output>,
  manner: Manner<z.output<Output>>,
): Presentation {
  const {
    hidden = [],
    render,
    json,
    notes,
    aside,
    changes,
    outcomes,
    plan,
    nothingPlanned,
    kept,
    writesFile,
    formats,
    exitCode,
    refusal,
    failure,
    ...same
  } = manner;
  const erased = <T>(read: (typed: z.output<Output>) => T) => {
    return (value: unknown): T => read(output.parse(value));
  };
  return {
    ...same,
    hidden,
    render: (value, view) => render(output.parse(value), view),
    json: (value) => (json === undefined ? value : json(output.parse(value))),
    ...(notes && { notes: (value: unknown, view: View) => notes(output.parse(value), view) }),
    ...(aside && { aside: (value: unknown, input: Asked) => aside(output.parse(value), input) }),
    ...(changes && { changes: erased(changes) }),
    ...(outcomes && { outcomes: erased(outcomes) }),
    ...(nothingPlanned && { nothingPlanned: erased(nothingPlanned) }),
    ...(plan && { plan: erased(plan), kept: erased((output) => (plan(output) === null ? null : 'plans')) }),
    ...(kept && { kept: erased(kept) }),
    ...(writesFile && { writesFile: { ...writesFile, text: erased(writesFile.text) } }),
    ...(formats && { formats: erasedAll(formats, (value) => output.parse(value)) }),
    ...(exitCode && { exitCode: (value: unknown, isWritten: boolean) => exitCode(output.parse(value), isWritten) }),
    ...(refusal && { refusal: (value: unknown, view: View) => refusal(output.parse(value), view) }),
    ...(failure && { failure: erased(failure) }),
  };
}

function erasedAll<Output>(
  formats: NonNullable<Manner<Output>['formats']>,
  parse: (value: unknown) => Output,
): NonNullable<Presentation['formats']> {
  return Object.fromEntries(
    Object.entries(formats).map(([name, render]) => [name, (value: unknown) => render(parse(value))]),
  );
}
