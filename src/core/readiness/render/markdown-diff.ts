import { inWords } from '../../in-words.ts';
import { neutralizeInline } from '../../markdown.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import { fitLines } from '../../umbrella/fit-lines.ts';
import { renderInstant } from '../../umbrella/render-times.ts';
import type { ReadinessReport } from '../report-schema.ts';
import { inert, markdownItem } from './markdown-finding.ts';
import { DECISION_MARKS } from './report-words.ts';

/** Where room is short. */
const MAX_LINES = 12;

/** What changed since the earlier report; nothing without one, and one line where nothing did. */
export function markdownDiff(report: ReadinessReport, near: RepositoryRef, maxBytes: number): readonly string[] {
  const { diff } = report;
  if (diff === null) return [];
  const since = `since ${renderInstant(diff.since)}`;
  const lines = [...new Set(changedLines(report, near))];
  const { from, to } = diff.decision;
  const turn = from === to ? '' : `: ${DECISION_MARKS[from].word} → **${DECISION_MARKS[to].word}**`;
  if (lines.length === 0) return [turn === '' ? `Unchanged ${since}.` : `Changed ${since}${turn}.`, ''];
  const more = (count: number): string => `- … ${count} more`;
  return [
    `**Changed ${since}**${turn}`,
    '',
    ...fitLines(lines, (line) => line, {
      maxBytes,
      more,
      ...(Number.isFinite(maxBytes) ? { maxLines: MAX_LINES } : {}),
    }),
    '',
  ];
}

/** Criteria first, then what is gone, then what is new. */
function changedLines({ diff, findings, criteria }: ReadinessReport, near: RepositoryRef): readonly string[] {
  if (diff === null) return [];
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const titles = new Map(criteria.map(({ id, title }) => [id, title]));
  return [
    ...diff.criteria.map(({ id, from, to }) => `- ${titles.get(id) ?? id}: ${inWords(from)} → **${inWords(to)}**`),
    ...diff.resolved.map(({ why }) => `- gone: ${inert(why, near)}`),
    ...diff.appeared.map((id) => {
      const finding = byId.get(id);
      if (finding === undefined) return `- new: ${neutralizeInline(id, 60)}`;
      const name = finding.item === null ? '' : `${markdownItem(finding.item, near)}: `;
      return `- new: ${name}${inert(finding.why, near)}`;
    }),
  ];
}
