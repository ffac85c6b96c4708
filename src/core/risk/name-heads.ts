/** A ref that stands for an open change. */
export interface NamedHead {
  /** `#12` for a pull request's head, else the ref without `refs/heads/` or `refs/remotes/`; unique. */
  readonly name: string;
  /** Of the pull request; null for a ref that names none. */
  readonly number: number | null;
  readonly ref: string;
  readonly commit: string;
}

/** As GitHub offers them, and as they are called once fetched with `refs/pull/*\/head:refs/remotes/pull/*`. */
const PULL = /^refs\/(?:pull\/([1-9]\d{0,9})\/head|remotes\/(?:origin\/)?(?:pull|pr)\/([1-9]\d{0,9}))$/;

/**
 * Short names for refs: pull requests by number, which git sorts as text, then the others in their order. Of several refs of
 * one pull request the first counts.
 */
export function nameHeads(refs: readonly { readonly name: string; readonly commit: string }[]): readonly NamedHead[] {
  const shorts = new Map<string, number>();
  for (const { name } of refs) shorts.set(shortOf(name), (shorts.get(shortOf(name)) ?? 0) + 1);
  const seen = new Set<string>();
  const named = refs.flatMap(({ name: ref, commit }) => {
    const digits = PULL.exec(ref)?.slice(1).find(Boolean);
    const isAlone = shorts.get(shortOf(ref)) === 1;
    // A branch may be called like a pull request.
    const isOwn = isAlone && !/^#\d+$/.test(shortOf(ref));
    const name = digits === undefined ? (isOwn ? shortOf(ref) : ref) : `#${digits}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ name, number: digits === undefined ? null : Number(digits), ref, commit }];
  });
  const isPull = ({ number }: NamedHead): boolean => number !== null;
  const pulls = named.filter(isPull).sort((one, other) => (one.number ?? 0) - (other.number ?? 0));
  return [...pulls, ...named.filter((head) => !isPull(head))];
}

const shortOf = (ref: string): string => ref.replace(/^refs\/(?:heads|remotes)\//, '');
