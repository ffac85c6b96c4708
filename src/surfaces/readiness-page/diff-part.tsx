import { inWords } from '../../core/in-words.ts';
import { visibleLine } from '../../core/markdown.ts';
import { instantWords } from '../../core/readiness/render/instant-words.ts';
import { counted, DECISION_MARKS } from '../../core/readiness/render/report-words.ts';
import type { ReadinessReport } from '../../core/readiness/report-schema.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { nearText } from '../cli/near-text.ts';

const MAX_LINES = 20;

interface DiffProps {
  readonly report: ReadinessReport;
  readonly near: RepositoryRef;
}

/** What changed since the earlier report; nothing without one. */
export function DiffPart({ report, near }: DiffProps) {
  const { diff } = report;
  if (diff === null) return null;
  const { from, to } = diff.decision;
  const lines = [...new Set(linesOf(report, near))];
  const rest = lines.length - MAX_LINES;
  return (
    <section aria-labelledby="diff">
      <h2 id="diff">Since {instantWords(diff.since)}</h2>
      {from !== to && (
        <p>
          {DECISION_MARKS[from].word} → <strong>{DECISION_MARKS[to].word}</strong>
        </p>
      )}
      {lines.length === 0 && <p class="soft">Nothing else changed.</p>}
      <ul class="plain">
        {lines.slice(0, MAX_LINES).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {rest > 0 && <p class="soft">and {counted(rest, 'more change')}</p>}
    </section>
  );
}

function linesOf({ diff, findings, criteria }: ReadinessReport, near: RepositoryRef): readonly string[] {
  if (diff === null) return [];
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const titles = new Map(criteria.map(({ id, title }) => [id, title]));
  return [
    ...diff.criteria.map(({ id, from, to }) => `${titles.get(id) ?? id}: ${inWords(from)} → ${inWords(to)}`),
    ...diff.resolved.map(({ why }) => `gone: ${nearText(why, near)}`),
    ...diff.appeared.map((id) => {
      const finding = byId.get(id);
      if (finding === undefined) return `new: ${visibleLine(id)}`;
      const { item, why } = finding;
      const name = item === null ? '' : `${nearText(item.ref, near)} ${visibleLine(item.title)}: `;
      return `new: ${name}${nearText(why, near)}`;
    }),
  ];
}
