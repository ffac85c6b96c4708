import type { RepositoryRef } from '../task/identity.ts';

/** A pull request as `gh` finds it from any folder. */
interface Addressed {
  readonly number: number | null;
  /** Tells the server; null where nobody knows, which `gh` takes for the one it is used with. */
  readonly url: string | null;
}

/** One line for a POSIX shell; `options` are quoted already. */
export function ghCommand(
  verb: 'edit' | 'merge' | 'ready',
  { number, url }: Addressed,
  { owner, repo }: RepositoryRef,
  options: readonly string[] = [],
): string {
  const host = url === null ? null : hostOf(url);
  const place = [...(host === null || host === MAIN_HOST ? [] : [host]), owner, repo].join('/');
  return [`gh pr ${verb} ${number} --repo=${shellQuoted(place)}`, ...options].join(' ');
}

const MAIN_HOST = 'github.com';

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null);

/** Quoted for a POSIX shell whatever somebody called it, and never read as an option where it stands alone. */
export function shellQuoted(word: string): string {
  return /^[a-z0-9][a-z0-9._:/-]*$/i.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
