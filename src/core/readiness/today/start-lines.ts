import { ghCommandOn } from '../../gh-command.ts';
import type { TaskFacts } from '../../task/facts.ts';
import { formatRef, refKey } from '../../task/identity.ts';
import { hasChildren } from '../../umbrella/assess-work.ts';
import { isBatch } from '../../umbrella/batch-umbrella.ts';
import { nextTasks } from '../../umbrella/next-tasks.ts';
import { actorOf } from '../actors.ts';
import { counted } from '../render/report-words.ts';
import type { DraftLine, TodayView } from './today-view.ts';

/** Of each open umbrella that is below no other: the one task to begin with, and how many more there are. */
export function startLines(view: TodayView): readonly DraftLine[] {
  const seen = new Set<string>();
  return [...view.snapshot.tasks.values()]
    .filter((task) => isTopUmbrella(task, view))
    .flatMap((umbrella): readonly DraftLine[] => {
      const { free } = nextTasks(view.snapshot, umbrella.ref, { config: view.config });
      const fresh = free.filter(({ task }) => !seen.has(refKey(task.ref)));
      for (const { task } of fresh) seen.add(refKey(task.ref));
      const [first] = fresh;
      return first === undefined ? [] : [startLine(first, umbrella, fresh.length - 1)];
    });
}

function isTopUmbrella(task: TaskFacts, { snapshot, work }: TodayView): boolean {
  if (task.state !== 'open' || isBatch(task) || !hasChildren(task, work)) return false;
  const above = task.parent === null ? undefined : snapshot.tasks.get(refKey(task.parent));
  return above === undefined || above.state !== 'open';
}

type NextTask = ReturnType<typeof nextTasks>['free'][number];

function startLine({ task, state, unblocks }: NextTask, umbrella: TaskFacts, others: number): DraftLine {
  const name = formatRef(task.ref);
  const [assignee] = task.assignees;
  const waiting = unblocks === 0 ? '' : `; ${counted(unblocks, 'task waits', 'tasks wait')} for it`;
  const more = others === 0 ? '' : `; ${others} more can be started there`;
  return {
    kind: 'start',
    ref: name,
    title: task.title,
    url: task.url,
    why: `next of ${formatRef(umbrella.ref)}${waiting}${more}`,
    since: state.since,
    actor: assignee === undefined ? { name: 'whoever is free', kind: 'role' } : actorOf(assignee),
    action: {
      text: `start ${name}`,
      command: ghCommandOn('issue develop', task, ['--checkout']),
      url: task.url,
    },
  };
}
