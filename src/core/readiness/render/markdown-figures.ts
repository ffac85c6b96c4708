import { inWords } from '../../in-words.ts';
import { neutralizeInline } from '../../markdown.ts';
import { progressBar } from '../../progress-bar.ts';
import { renderAge } from '../../umbrella/render-times.ts';
import type { Metrics, ReadinessReport } from '../report-schema.ts';

const BAR_WIDTH = 20;
const MAX_REVIEWERS = 10;

/** Completed tasks as a bar; nothing where no task is in scope. */
export function markdownProgress({ metrics }: ReadinessReport): readonly string[] {
  const { num, den } = metrics.complete;
  if (den === 0) return [];
  const percent = Math.floor((100 * num) / den);
  return [`\`${progressBar(percent, BAR_WIDTH)}\` ${percent} % · ${num} of ${den} tasks complete`, ''];
}

/** States, outcomes, waits and the review backlog as a table with bars; rows that would say nothing are left out. */
export function markdownFigures({ metrics }: ReadinessReport): readonly string[] {
  const rows = [
    ...countRow('Tasks', metrics.states),
    ...countRow('Pull requests', metrics.outcomes),
    ...waitRow('Wait for review', metrics.review_wait),
    ...waitRow('Wait for merge', metrics.merge_wait),
    ...backlogRow(metrics.review_backlog),
  ];
  return rows.length === 0 ? [] : ['| Figure | |', '| --- | --- |', ...rows, ''];
}

function countRow(title: string, counts: Readonly<Record<string, number>>): readonly string[] {
  const parts = Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${inWords(name)}`]));
  return parts.length === 0 ? [] : [`| ${title} | ${neutralizeInline(parts.join(', '), 400)} |`];
}

function waitRow(title: string, { count, p50_seconds: half, p95_seconds: most }: Metrics['review_wait']) {
  if (half === null || most === null) return [];
  return [`| ${title} | half within ${renderAge(half)}, 95 % within ${renderAge(most)} (${count}) |`];
}

function backlogRow(backlog: Metrics['review_backlog']): readonly string[] {
  if (backlog.length === 0) return [];
  const longest = Math.max(...backlog.map(({ open }) => open));
  const shown = backlog.slice(0, MAX_REVIEWERS).map(({ reviewer, open, over_sla: late }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((open / longest) * 10)));
    return `\`${bar}\` ${open} ${neutralizeInline(reviewer, 60)}${late === 0 ? '' : ` (${late} over SLA)`}`;
  });
  const more = backlog.length - shown.length;
  return [`| Reviews owed | ${[...shown, ...(more > 0 ? [`${more} more reviewers`] : [])].join('<br>')} |`];
}
