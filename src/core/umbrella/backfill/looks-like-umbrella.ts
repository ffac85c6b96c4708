import { type BackfillTask, isMarked, type UmbrellaMarks } from './backfill-task.ts';

const TITLE =
  /\b(?:epic|umbrella|tracking (?:issue|task)|tracker|meta[- ]?(?:issue|task)|master (?:issue|task)|roadmap)\b/i;
const BODY =
  /\b(?:epic|umbrella|tracking (?:issue|task)|meta[- ]?(?:issue|task)|roadmap|sub-?(?:tasks|issues)|child (?:tasks|issues)|phases|milestones)\b/i;

/**
 * The tasks that may be somebody's parent: marked by label or type, or called an umbrella in the title. Only where nobody
 * marks umbrellas, the words of the body count, too: many texts speak of subtasks and phases.
 */
export function findUmbrellas(tasks: readonly BackfillTask[], marks: UmbrellaMarks): readonly BackfillTask[] {
  const marked = new Set(tasks.filter((task) => isMarked(task, marks)));
  const isCalled = (task: BackfillTask): boolean =>
    TITLE.test(task.title) || (marked.size === 0 && BODY.test(`${task.title}\n${task.body}`));
  return tasks.filter((task) => marked.has(task) || isCalled(task));
}
