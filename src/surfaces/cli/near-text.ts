import type { RepositoryRef } from '../../core/task/identity.ts';
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

/** The title without the planned id in front of it, which is shown on its own: `[P1.M2] Serve tides` is `Serve tides`. */
export function shownTitle({
  title,
  plannedId,
}: {
  readonly title: string;
  readonly plannedId: string | null;
}): string {
  const plain = plainText(title);
  if (plannedId === null) return plain;
  const starts = [`[${plannedId}]`, `(${plannedId})`, plannedId];
  const start = starts.find((one) => plain.toLowerCase().startsWith(one.toLowerCase()));
  const rest = plain.slice(start?.length ?? 0).replace(/^[\s:\u2013\u2014-]+/u, '');
  return rest === '' ? plain : rest;
}
