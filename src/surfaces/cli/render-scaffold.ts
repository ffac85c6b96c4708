import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { umbrellaScaffold } from '../../operations/umbrella-scaffold.ts';
import { renderPlan } from './render-plan.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

/** The plan, or that nothing is missing, with what is left alone. */
export function renderScaffold(
  { umbrella, plan, notes }: z.output<typeof umbrellaScaffold.output>,
  view: View,
): string {
  if (plan !== null) return renderPlan(plan, view);
  const told = notes.map(({ text, about }) => visibleLine(about === null ? text : `${about}: ${text}`));
  return wrapLines([`Nothing is missing under ${visibleLine(umbrella)}.`, ...told], view.width).join('\n');
}
