import { visibleLine } from '../../core/markdown.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { titleWithoutId } from '../../core/task/planned-id.ts';
import { shortenRefs } from '../../core/task/shorten-refs.ts';

/** A sentence of the core for a reader who knows which repository it speaks of: `octo/harbor#12` becomes `#12`. */
export const nearText = (text: string, near: RepositoryRef): string => shortenRefs(visibleLine(text), near);

/** The title as a terminal can show it, without the planned id in front of it: that is shown on its own. */
export function shownTitle({
  title,
  plannedId,
}: {
  readonly title: string;
  readonly plannedId: string | null;
}): string {
  return visibleLine(titleWithoutId(title, plannedId));
}
