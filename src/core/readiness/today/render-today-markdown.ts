import { neutralizeInline } from '../../markdown.ts';
import type { Gap } from '../../reading.ts';
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
  readonly gaps: readonly Gap[];
  /** What could not be looked into. */
  readonly remarks: readonly string[];
}

/** For a list without lines: what nobody could read may need somebody. */
export const nothingWords = (gaps: readonly Gap[]): string =>
  gaps.length === 0 ? 'Nothing needs anybody.' : 'Nothing needs anybody, as far as it could be read.';

/** The morning list as Markdown that pings nobody: one line each, by kind. */
export function renderTodayMarkdown({ repository, now, lines, more, hidden, gaps, remarks }: TodayText): string {
  const [owner = '', repo = ''] = repository.split('/');
  const near = { owner, repo };
  const kinds = [...new Set(lines.map(({ kind }) => kind))];
  return [
    `### Today in ${neutralizeInline(repository, 160)}`,
    '',
    ...(lines.length === 0 ? [nothingWords(gaps), ''] : []),
    ...kinds.flatMap((kind) => [
      `**${TODAY_TITLES[kind]}**`,
      '',
      ...lines.filter((line) => line.kind === kind).map((line) => renderLine(line, near)),
      '',
    ]),
    ...(more === 0 ? [] : [`and ${more} more.`, '']),
    ...(hidden === 0 ? [] : [`${counted(hidden, 'private line')} counted, not shown.`, '']),
    ...gaps.flatMap((gap) => [inert(gapWords(gap), near, 300), '']),
    ...remarks.flatMap((remark) => [inert(remark, near, 300), '']),
    `<sub>As of ${renderInstant(now)}.</sub>`,
    '',
  ].join('\n');
}

const gapWords = ({ what, permission }: Gap): string =>
  `could not read ${what}${permission === undefined ? '' : `: needs ${permission}`}`;

function renderLine(line: TodayLine, near: RepositoryRef): string {
  const { ref, title, url, why, age_seconds: age } = line;
  const old = age === null ? '' : ` · ${renderAge(age)}`;
  const item = markdownItem({ ref, title, url, kind: 'task' }, near);
  return `- ${markdownAction(line, near)}: ${item}: ${inert(why, near)}${old}`;
}
