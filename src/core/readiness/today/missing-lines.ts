import { formatRef } from '../../task/identity.ts';
import { nextStepOf } from '../next-step.ts';
import type { DraftLine, TodayView } from './today-view.ts';

/** Tasks whose merged change is no longer there: it was reverted, and nobody brought it back. */
export function missingLines(view: TodayView): readonly DraftLine[] {
  return [...view.snapshot.tasks.values()].flatMap((task): readonly DraftLine[] => {
    const { state, since, reason } = view.work.stateOf(task);
    if (state !== 'reverted') return [];
    const { title, url } = task;
    return [{ kind: 'missing', ref: formatRef(task.ref), title, url, why: reason, since, ...nextStepOf(task, view) }];
  });
}
