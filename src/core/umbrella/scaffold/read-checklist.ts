import { readTaskItems, type TaskItem } from '../../markdown-tasks.ts';
import type { Ref } from '../../task/identity.ts';
import { allReferences, type TextPlace } from '../../task/text-references.ts';

/** An open item of an umbrella's checklist. */
export interface ChecklistEntry {
  readonly item: TaskItem;
  /** The issue that the item begins with, where it names one already. */
  readonly ref: Ref | null;
}

/** The items that are not ticked. */
export function readChecklist(body: string, place: TextPlace): readonly ChecklistEntry[] {
  return readTaskItems(body)
    .filter(({ isTicked, text }) => !isTicked && text !== '')
    .map((item) => ({ item, ref: leadingReference(item.text, place) }));
}

function leadingReference(text: string, place: TextPlace): Ref | null {
  const [first] = allReferences(text, place);
  return first !== undefined && text.startsWith(first.quote) ? first.ref : null;
}
