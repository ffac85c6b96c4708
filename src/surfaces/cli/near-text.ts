import type { RepositoryRef } from '../../core/task/identity.ts';
import { titleWithoutId } from '../../core/task/planned-id.ts';
import { plainText } from './plain-text.ts';

/** A sentence of the core for a reader who knows which repository it speaks of: `octo/harbor#12` becomes `#12`. */
export function nearText(text: string, { owner, repo }: RepositoryRef): string {
  const address = `${owner}/${repo}#`.toLowerCase();
  const plain = plainText(text);
  let near = '';
  for (let from = 0; ; ) {
    const at = plain.toLowerCase().indexOf(address, from);
    if (at < 0) return near + plain.slice(from);
    // `other-octo/harbor#12` ends like ours and is another repository.
    const isWhole = !/[\w./-]/.test(plain[at - 1] ?? ' ');
    near += plain.slice(from, at) + (isWhole ? '#' : plain.slice(at, at + address.length));
    from = at + address.length;
  }
}

/** The title as a terminal can show it, without the planned id in front of it: that is shown on its own. */
export function shownTitle({
  title,
  plannedId,
}: {
  readonly title: string;
  readonly plannedId: string | null;
}): string {
  return plainText(titleWithoutId(title, plannedId));
}
