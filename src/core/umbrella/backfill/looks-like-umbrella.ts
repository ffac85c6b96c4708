import { refKey } from '../../task/identity.ts';
import { type BackfillTask, isMarked, type UmbrellaMarks } from './backfill-task.ts';

/** Why a task may be somebody's parent. */
export interface UmbrellaLook {
  readonly task: BackfillTask;
  /** It carries a label or type of umbrellas, or has children already. */
  readonly isMarked: boolean;
  /** Its title calls it an epic, an umbrella, a tracking issue … */
  readonly isCalled: boolean;
  /** Its type is wider than a task: a feature, a story, an initiative. */
  readonly isBroad: boolean;
  /** Its text speaks of subtasks, phases, milestones. */
  readonly speaks: boolean;
  /** Its text has a list of at least five items. */
  readonly lists: boolean;
}

const TITLE =
  /\b(?:epic|umbrella|tracking (?:issue|task)|tracker|meta[- ]?(?:issue|task)|master (?:issue|task)|roadmap)\b/i;
const BODY =
  /\b(?:epic|umbrella|tracking (?:issue|task)|meta[- ]?(?:issue|task)|roadmap|sub-?(?:tasks|issues)|child (?:tasks|issues)|phases|milestones)\b/i;
const BROAD = new Set(['feature', 'story', 'user story', 'initiative', 'theme', 'milestone', 'project']);
const ITEM = /^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]/gm;
const ITEMS_OF_A_PLAN = 5;

/**
 * The tasks that may be somebody's parent, by label, type or text, or because they have children; the ranking weighs how
 * much they look like it. What is only a list or a word of the body is far more often no umbrella at all.
 */
export function findUmbrellas(tasks: readonly BackfillTask[], marks: UmbrellaMarks): readonly UmbrellaLook[] {
  const parents = new Set(tasks.flatMap(({ parent }) => (parent === null ? [] : refKey(parent))));
  return tasks.flatMap((task) => {
    const look = {
      task,
      isMarked: isMarked(task, marks) || parents.has(refKey(task.ref)),
      isCalled: TITLE.test(task.title),
      isBroad: task.issueType !== null && BROAD.has(task.issueType.toLowerCase()),
      speaks: BODY.test(task.body) || BODY.test(task.title),
      lists: (task.body.match(ITEM)?.length ?? 0) >= ITEMS_OF_A_PLAN,
    };
    return look.isMarked || look.isCalled || look.isBroad || look.speaks || look.lists ? [look] : [];
  });
}

/** Whether people say that it is an umbrella: the others only might be one. */
export const isPlainUmbrella = ({ isMarked, isCalled }: UmbrellaLook): boolean => isMarked || isCalled;
