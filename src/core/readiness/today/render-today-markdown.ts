import { neutralizeInline } from '../../markdown.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import { renderAge, renderInstant } from '../../umbrella/render-times.ts';
import { inert, markdownAction, markdownItem } from '../render/markdown-finding.ts';
import { counted } from '../render/report-words.ts';
import type { TodayKind, TodayLine } from './today-line.ts';

export const TODAY_TITLES: Readonly<Record<TodayKind, string>> = {
  missing: 'Merged, and missing',
  conflict: 'In conflict',
  merge: 'Approved, and not merged',
  start: 'Next',
};

interface TodayText {
  readonly repository: string;
  readonly now: string;
  readonly lines: readonly TodayLine[];
  readonly more: number;
  readonly hidden: number;
  /** What could not be read, or looked into. */
  readonly remarks: readonly string[];
}

/** The morning list as Markdown that pings nobody: one line each, by kind. */
export function renderTodayMarkdown({ repository, now, lines, more, hidden, remarks }: TodayText): string {
  const [owner = '', repo = ''] = repository.split('/');
  const near = { owner, repo };
  const kinds = [...new Set(lines.map(({ kind }) => kind))];
  return [
    `### Today in ${neutralizeInline(repository, 160)}`,
    '',
    ...(lines.length === 0 ? ['Nothing needs anybody.', ''] : []),
    ...kinds.flatMap((kind) => [
      `**${TODAY_TITLES[kind]}**`,
      '',
      ...lines.filter((line) => line.kind === kind).map((line) => renderLine(line, near)),
      '',
    ]),
    ...(more === 0 ? [] : [`and ${more} more.`, '']),
    ...(hidden === 0 ? [] : [`${counted(hidden, 'private line')} counted, not shown.`, '']),
    ...remarks.flatMap((remark) => [inert(remark, near, 300), '']),
    `<sub>As of ${renderInstant(now)}.</sub>`,
    '',
  ].join('\n');
}

function renderLine(line: TodayLine, near: RepositoryRef): string {
  const { ref, title, url, why, age_seconds: age } = line;
  const old = age === null ? '' : ` · ${renderAge(age)}`;
  const item = markdownItem({ ref, title, url, kind: 'task' }, near);
  return `- ${markdownAction(line, near)}: ${item}: ${inert(why, near)}${old}`;
}
