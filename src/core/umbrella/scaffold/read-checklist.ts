import { readTaskItems, type TaskItem } from '../../markdown-tasks.ts';
import type { Ref } from '../../task/identity.ts';
import type { TextPlace } from '../../task/text-references.ts';
import { readListedChildren } from '../drift/read-listed-children.ts';

/** An open item of an umbrella's checklist. */
export interface ChecklistEntry {
  readonly item: TaskItem;
  /** The issue that the item begins with, where it names one already. */
  readonly ref: Ref | null;
}

/** The items that are not ticked. */
export function readChecklist(body: string, place: TextPlace): readonly ChecklistEntry[] {
  const listed = new Map(readListedChildren(body, place).map(({ line, ref }) => [line, ref]));
  return readTaskItems(body)
    .filter(({ isTicked, text }) => !isTicked && text !== '')
    .map((item) => ({ item, ref: listed.get(item.start + 1) ?? null }));
}
