import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { umbrellaScaffold } from '../../operations/umbrella-scaffold.ts';
import { noteLine } from './note-line.ts';
import { renderPlan } from './render-plan.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

/** The plan, or that nothing is missing, with what is left alone, and what makes the lanes that are only offered. */
export function renderScaffold(
  { umbrella, plan, offered, next, notes }: z.output<typeof umbrellaScaffold.output>,
  view: View,
): string {
  const more =
    next === null ? [] : [visibleLine(`${offered.length} ${offered.length === 1 ? 'lane' : 'lanes'} offered: ${next}`)];
  if (plan !== null) return [renderPlan(plan, view), ...more].join('\n');
  const name = visibleLine(umbrella);
  const first =
    next === null ? `Nothing is missing under ${name}.` : `Nothing is made under ${name} unless you name it.`;
  return [...wrapLines([first, ...notes.map(noteLine)], view.width), ...more].join('\n');
}
