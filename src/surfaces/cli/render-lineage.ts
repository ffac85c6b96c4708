import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef, type Ref } from '../../core/task/identity.ts';
import type { taskLineage } from '../../operations/task-lineage.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Shown = z.output<typeof taskLineage.output>;
type Edge = Shown['task'];
type Group = Shown['siblings'];

/** The task, then one block for each kind of relative; blocks without any are left out. */
export function renderLineage(lineage: Shown, view: View): string {
  const { task, ancestors, siblings, children, blockers, blocked, parentThen: then } = lineage;
  const near = task.ref;
  const blocks = [
    [`${formatRef(task.ref)}  ${visibleLine(task.title)}  ${task.state}`],
    ...(then === null ? [] : [[`Parent on ${then.at}: ${parentWords(then.parent, near)}`]]),
    block('Above, nearest first', { shown: ancestors, private: 0 }, near, view),
    block('Beside', siblings, near, view),
    block('Below', children, near, view),
    block('Waits for', blockers, near, view),
    block('Waited for by', blocked, near, view),
  ];
  const filled = blocks.filter((lines) => lines.length > 0).map((lines) => wrapLines(lines, view.width).join('\n'));
  return filled.join('\n\n');
}

function block(title: string, { shown, private: hidden }: Group, near: Ref, { colors }: View): readonly string[] {
  if (shown.length === 0 && hidden === 0) return [];
  const more = hidden === 0 ? [] : [`  ${hidden} private ${hidden === 1 ? 'task' : 'tasks'}`];
  return [colors.bold(title), ...shown.map((edge) => `  ${line(edge, near)}`), ...more];
}

function line({ ref, title, state, link }: Edge, near: Ref): string {
  return [formatRef(ref, near), visibleLine(title), state, link === null ? '' : linkWords(link)]
    .filter((part) => part !== '')
    .join('  ');
}

function linkWords({ source, rule, plan, by, at }: NonNullable<Edge['link']>): string {
  if (source === 'unknown') return 'linked nobody knows when';
  const who = by === null ? '' : ` by ${visibleLine(by)}`;
  const when = at === null ? '' : ` at ${at}`;
  const how =
    source === 'person'
      ? ''
      : ` (${[rule === null || rule === source ? source : `${source} rule ${visibleLine(rule)}`, ...(plan === null ? [] : [`plan ${plan}`])].join(', ')})`;
  return `linked${who}${when}${how}`;
}

function parentWords(parent: NonNullable<Shown['parentThen']>['parent'], near: Ref): string {
  switch (parent.kind) {
    case 'parent': {
      const since = parent.since === null ? '' : ` since ${parent.since}`;
      const by = parent.by === null ? '' : `, linked by ${visibleLine(parent.by)}`;
      return `${formatRef(parent.parent, near)}${since}${by}`;
    }
    case 'none':
      return 'none';
    case 'unknown':
      return `unknown: ${parent.reason}`;
  }
}
