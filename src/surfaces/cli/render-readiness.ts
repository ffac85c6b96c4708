import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { readinessReport } from '../../operations/readiness-report.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Report = z.output<typeof readinessReport.output>;

const SHOWN = 20;

/** The verdict, each criterion in a line, and what has to be done, most urgent first. */
export function renderReadiness({ scope, verdict, criteria, findings, coverage }: Report, view: View): string {
  const { colors, width } = view;
  const inTheWay = findings.filter(({ effect, waived_by }) => effect !== 'informs' && waived_by === null);
  const missing = coverage.filter(({ state }) => state !== 'ok' && state !== 'not_needed');
  const lines = [
    `${DECISIONS[verdict.decision]}: ${visibleLine(verdict.headline)}`,
    `${visibleLine(scope.title)}, ${scope.tasks} tasks, ${scope.pull_requests} pull requests, base ${visibleLine(scope.base_branch)}`,
    '',
    ...criteria.map(
      ({ outcome, title, reason }) => `${outcome.replaceAll('_', ' ')}: ${title}: ${visibleLine(reason)}`,
    ),
    ...(inTheWay.length === 0 ? [] : ['']),
    ...inTheWay.slice(0, SHOWN).map(({ item, why, action, actor }) => {
      return visibleLine(`${item?.ref ?? 'the scope'}: ${why}; ${actor.name}: ${action.text}`);
    }),
    ...(inTheWay.length > SHOWN ? [`and ${inTheWay.length - SHOWN} more; --json has them all`] : []),
    ...(missing.length === 0 ? [] : ['']),
    ...missing.map(({ source, state, missing: what, permission }) => {
      const needs = permission === null ? '' : ` (needs ${permission})`;
      return visibleLine(`${source}: ${state.replaceAll('_', ' ')}: ${what ?? ''}${needs}`);
    }),
  ];
  const [first = '', ...rest] = wrapLines(lines, width);
  return [colors.bold(first), ...rest].join('\n');
}

const DECISIONS = { go: 'Go', no_go: 'No go', unknown: 'Unknown' } as const;
