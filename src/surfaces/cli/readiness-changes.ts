import { inWords } from '../../core/in-words.ts';
import { visibleLine } from '../../core/markdown.ts';
import { instantWords } from '../../core/readiness/render/instant-words.ts';
import { counted, DECISION_MARKS } from '../../core/readiness/render/report-words.ts';
import type { ReadinessReport } from '../../core/readiness/report-schema.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { nearText } from './near-text.ts';
import type { Colors } from './view.ts';

const MOST_CHANGES = 10;

interface ChangeLinesOptions {
  readonly near: RepositoryRef;
  readonly colors: Colors;
}

/** What changed since the earlier report, one line each; nothing without one. */
export function changeLines(
  { diff, findings, criteria }: ReadinessReport,
  { near, colors }: ChangeLinesOptions,
): readonly string[] {
  if (diff === null) return [];
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const titles = new Map(criteria.map(({ id, title }) => [id, title]));
  const { from, to } = diff.decision;
  const turn = from === to ? '' : `: ${DECISION_MARKS[from].word} → ${DECISION_MARKS[to].word}`;
  const all = [
    ...diff.criteria.map((one) => `  ${titles.get(one.id) ?? one.id}: ${inWords(one.from)} → ${inWords(one.to)}`),
    ...diff.resolved.map(({ why }) => `  ${colors.green('-')} ${nearText(why, near)}`),
    ...diff.appeared.map((id) => {
      const finding = byId.get(id);
      const name = finding?.item == null ? '' : `${nearText(finding.item.ref, near)} `;
      return `  ${colors.red('+')} ${name}${finding === undefined ? visibleLine(id) : nearText(finding.why, near)}`;
    }),
  ];
  const lines = [...new Set(all)];
  const rest = lines.length - MOST_CHANGES;
  return [
    `${colors.bold(lines.length === 0 && turn === '' ? 'Unchanged' : 'Changed')} since ${instantWords(diff.since)}${turn}`,
    ...lines.slice(0, MOST_CHANGES),
    ...(rest > 0 ? [colors.dim(`  and ${counted(rest, 'more change')}`)] : []),
  ];
}
