import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { changedLines } from '../../core/plan/changed-lines.ts';
import type { planShow } from '../../operations/plan-show.ts';
import { plainLines } from './plain-lines.ts';
import type { View } from './view.ts';

type Item = z.output<typeof planShow.output>['items'][number];

/** What the table has no room for: the lines that an edit changes, what a new issue is given, and further evidence. */
export function detailLines(item: Item, { colors }: View): readonly string[] {
  const lines = [...editLines(item, colors), ...newIssueLines(item), ...furtherReasons(item)];
  return lines.length === 0 ? [] : ['', colors.bold(item.id), ...lines.map((line) => `  ${line}`)];
}

function editLines({ edit }: Item, colors: View['colors']): readonly string[] {
  if (edit === null) return [];
  return changedLines(edit.before, edit.after).map(({ sign, text }) => {
    const line = `${sign} ${plainLines(text)}`;
    return sign === '-' ? colors.red(line) : colors.green(line);
  });
}

function newIssueLines({ creates }: Item): readonly string[] {
  if (creates === null) return [];
  const { title, parent, labels, assignees, milestone, issueType } = creates;
  const fields: readonly (readonly [string, readonly (string | null)[]])[] = [
    ['title', [title]],
    ['parent', [parent]],
    ['labels', labels],
    ['assignees', assignees],
    ['milestone', [milestone]],
    ['type', [issueType]],
  ];
  return fields.flatMap(([name, values]) => {
    const text = visibleLine(values.filter((value) => value !== null).join(', '));
    return text === '' ? [] : [`${name}: ${text}`];
  });
}

const furtherReasons = ({ reasons }: Item): readonly string[] =>
  reasons.slice(1).flatMap((reason) => (reason === '' ? [] : [`also: ${visibleLine(reason)}`]));
