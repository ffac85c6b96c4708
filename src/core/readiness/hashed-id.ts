import { shortHash } from '../short-hash.ts';

/** `open_task-1a2b3c4d`: a name that stays the same while `parts` do. */
export const hashedId = (prefix: string, parts: readonly (string | null)[]): string =>
  `${prefix}-${shortHash(JSON.stringify(parts))}`;

/** Sets twins apart: the second of a name becomes `…-2`, in the order given, which has to be a stable one. */
export function numberTwins<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const count = (counts.get(item.id) ?? 0) + 1;
    counts.set(item.id, count);
    return count === 1 ? item : { ...item, id: `${item.id}-${count}` };
  });
}
