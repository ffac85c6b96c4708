import { fixSteps } from '../../../core/readiness/render/fix-steps.ts';
import { reasonOf } from '../../../core/readiness/render/report-words.ts';
import type { Finding, ReadinessReport } from '../../../core/readiness/report-schema.ts';
import type { RepositoryRef } from '../../../core/task/identity.ts';
import { nearText } from '../near-text.ts';
import { type Column, printTable } from '../print-table.ts';
import { repositoryOfReport, verdictLine } from '../render-readiness.ts';
import type { View } from '../view.ts';

/** What a report says, and the one before it. */
export interface Judgement {
  readonly report: ReadinessReport;
  readonly previous: ReadinessReport | null;
}

/** What is in the way has left the report or come to it. */
export interface ChangedFindings {
  readonly gone: readonly Finding[];
  readonly come: readonly Finding[];
}

export function changedFindings({ report: { diff, findings }, previous }: Judgement): ChangedFindings {
  const resolved = new Set(diff?.resolved.map(({ id }) => id));
  const appeared = new Set(diff?.appeared);
  const isInTheWay = ({ effect }: Finding): boolean => effect !== 'informs';
  return {
    gone: previous?.findings.filter((one) => resolved.has(one.id) && isInTheWay(one)) ?? [],
    come: findings.filter((one) => appeared.has(one.id) && isInTheWay(one)),
  };
}

/** The verdict, and what makes it go; with an earlier report, what left it since and what came. */
export function judgementLines(judgement: Judgement, view: View): readonly string[] {
  const { report, previous } = judgement;
  const near = repositoryOfReport(report);
  const { colors } = view;
  const headline = `  ${verdictLine(report, view)}`;
  if (previous === null) return [headline, ...stepLines(report, near, view)];
  const { gone, come } = changedFindings(judgement);
  return [
    headline,
    ...gone.map((one) => `    ${colors.green('gone')} ${nearText(reasonOf(one, near), near)}`),
    ...come.flatMap((one) => [
      `    ${colors.yellow('new')}  ${nearText(reasonOf(one, near), near)}`,
      `         ${nearText(`${one.action.text} (${one.actor.name})`, near)}`,
    ]),
  ];
}

function stepLines(report: ReadinessReport, near: RepositoryRef, view: View): readonly string[] {
  const steps = fixSteps(report).map(({ finding }) => finding);
  if (steps.length === 0) return [];
  const columns: readonly Column<Finding>[] = [
    { title: 'What is wrong', cell: (one) => nearText(reasonOf(one, near), near), canShrink: true, isHeading: true },
    { title: 'What to do', cell: ({ action }) => nearText(action.text, near), canShrink: true },
    { title: 'Who', cell: ({ actor }) => nearText(actor.name, near), canShrink: true },
  ];
  const table = printTable(columns, steps, { ...view, width: view.width - INDENT.length });
  return table.split('\n').map((line) => `${INDENT}${line}`);
}

const INDENT = '    ';
