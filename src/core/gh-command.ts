import type { Ref, RepositoryRef } from './task/identity.ts';

type GhVerb =
  | `issue ${'close' | 'develop' | 'edit' | 'reopen'}`
  | `pr ${'checkout' | 'checks' | 'diff' | 'edit' | 'merge' | 'ready' | 'reopen' | 'view'}`
  | `run ${'rerun' | 'watch'}`;

/** What `gh` finds from any folder by its number and its repository. */
interface Addressed {
  /** Of an issue, a pull request or a workflow run. */
  readonly number: number | string | null;
  /** Tells the server; null where nobody knows, which `gh` takes for the one it is used with. */
  readonly url: string | null;
}

/** One line for a POSIX shell; `options` are quoted already. */
export function ghCommand(
  verb: GhVerb,
  { number, url }: Addressed,
  { owner, repo }: RepositoryRef,
  options: readonly string[] = [],
): string {
  const host = hostOf(url);
  const place = [...(host === null || host === MAIN_HOST ? [] : [host]), owner, repo].join('/');
  return [`gh ${verb} ${number} --repo=${shellQuoted(place)}`, ...options].join(' ');
}

/** The same for an issue or a pull request as it was read. */
export const ghCommandOn = (
  verb: GhVerb,
  { ref, url }: { readonly ref: Ref; readonly url: string | null },
  options: readonly string[] = [],
): string => ghCommand(verb, { number: ref.number, url }, ref, options);

const MAIN_HOST = 'github.com';

export const hostOf = (url: string | null): string | null =>
  url !== null && URL.canParse(url) ? new URL(url).host : null;

/** Quoted for a POSIX shell whatever somebody called it, and never read as an option where it stands alone. */
export function shellQuoted(word: string): string {
  return /^[a-z0-9][a-z0-9._:/-]*$/i.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
