import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { umbrellaScaffold } from '../../operations/umbrella-scaffold.ts';
import { noteLine } from './note-line.ts';
import { renderPlan } from './render-plan.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Scaffolded = z.output<typeof umbrellaScaffold.output>;

/** The plan, or that nothing is missing, with what is left alone, and what makes the lanes that are only offered. */
export function renderScaffold({ umbrella, plan, offered, next, notes }: Scaffolded, view: View): string {
  const more =
    next === null ? [] : [visibleLine(`Offered: ${offered.join(', ')}. To plan ${themOf(offered)}: ${next}`)];
  if (plan !== null) return [renderPlan(plan, view), ...more].join('\n');
  const name = visibleLine(umbrella);
  const first =
    next === null ? `Nothing is missing under ${name}.` : `Nothing is made under ${name} unless you name it.`;
  return [...wrapLines([first, ...notes.map(noteLine)], view.width), ...more].join('\n');
}

/** Why `--write` writes nothing although something is missing. */
export function onlyOffered({ offered, next }: Scaffolded): string | null {
  if (next === null) return null;
  const are = offered.length === 1 ? 'is' : 'are';
  return visibleLine(
    `Nothing written: ${offered.join(', ')} ${are} only offered. To make ${themOf(offered)}: ${next} --write`,
  );
}

const themOf = (lanes: readonly string[]): string => (lanes.length === 1 ? 'it' : 'them');
