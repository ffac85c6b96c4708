import type { Ref, RepositoryRef } from './identity.ts';

/** Where a text stands: what `#12` means in it, and which host's addresses count. */
export interface TextPlace {
  readonly repository: RepositoryRef;
  readonly host: string;
}

/** A reference in a text, with the words that make it. */
export interface TextReference {
  readonly ref: Ref;
  readonly quote: string;
}

/** A line `Task: …`, and what stands behind the colon. */
export interface TaskLine {
  readonly line: string;
  readonly rest: string;
}

export interface RevertedCommit {
  /** In lower case, perhaps cut. */
  readonly sha: string;
  readonly quote: string;
}

const SHORT = '(?:(?<owner>[a-z0-9][a-z0-9-]{0,38})/(?<repo>[a-z0-9._-]{1,100}))?#(?<number>\\d{1,9})(?![\\w-])';
const ADDRESS =
  'https?://(?<host>[^/\\s]{1,100})/(?<urlOwner>[a-z0-9][a-z0-9-]{0,38})/(?<urlRepo>[a-z0-9._-]{1,100})/(?:issues|pull)/(?<urlNumber>\\d{1,9})(?!\\w)';
const REFERENCE = `(?<![\\w/-])(?:${SHORT}|${ADDRESS})`;

/** GitHub's own nine words: https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue */
const CLOSING = new RegExp(`(?<![\\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \\t\\n]{1,4}${REFERENCE}`, 'gi');
const REVERTING = new RegExp(`^[ \\t]*reverts?:?[ \\t]{1,4}${REFERENCE}`, 'gim');
const ANY = new RegExp(REFERENCE, 'gi');
const SPEAKS_OF_COMMITS = /reverts commit/i;
const REVERTED_COMMIT = /\bThis reverts commits? ([0-9a-f]{7,40})(?![0-9a-z])/gi;
const HERE = new RegExp(REFERENCE, 'iy');
const TASK_LINE = /^[ \t]*tasks?:[ \t]*(\S.*)$/gim;

/** References after a closing keyword, on whatever base branch the text belongs to. */
export const closingReferences = (text: string, place: TextPlace): readonly TextReference[] =>
  references(text, CLOSING, place);

/** `Reverts o/r#12` at the start of a line, as GitHub's revert button writes it. */
export const revertingReferences = (text: string, place: TextPlace): readonly TextReference[] =>
  references(text, REVERTING, place);

/** `This reverts commit 1a2b3c4`, as git writes it. */
export function revertedCommits(text: string): readonly RevertedCommit[] {
  // Every message of a history is asked, and hardly any reverts something.
  if (!SPEAKS_OF_COMMITS.test(text)) return [];
  return [...text.matchAll(REVERTED_COMMIT)].map(({ 0: quote, 1: sha = '' }) => ({ sha: sha.toLowerCase(), quote }));
}

export const allReferences = (text: string, place: TextPlace): readonly TextReference[] => references(text, ANY, place);

/** The reference that starts at `index`, with the place behind it; null when none does. */
export function referenceAt(text: string, index: number, place: TextPlace): { ref: Ref; end: number } | null {
  HERE.lastIndex = index;
  const match = HERE.exec(text);
  const ref = match === null ? null : refOf(match.groups ?? {}, place);
  return ref === null ? null : { ref, end: HERE.lastIndex };
}

/** What stands behind `Task:` on lines of their own, with the whole line. */
export function taskLines(text: string): readonly TaskLine[] {
  return [...text.matchAll(TASK_LINE)].map((match) => ({ line: match[0].trim(), rest: match[1] ?? '' }));
}

function references(text: string, pattern: RegExp, place: TextPlace): readonly TextReference[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const ref = refOf(match.groups ?? {}, place);
    return ref === null ? [] : [{ ref, quote: match[0].trim() }];
  });
}

function refOf(groups: Readonly<Record<string, string | undefined>>, place: TextPlace): Ref | null {
  if (groups.host !== undefined && groups.host.toLowerCase() !== place.host) return null;
  const owner = groups.urlOwner ?? groups.owner ?? place.repository.owner;
  const repo = groups.urlRepo ?? groups.repo ?? place.repository.repo;
  const number = Number(groups.urlNumber ?? groups.number);
  return number > 0 ? { owner, repo, number } : null;
}

const SERVER = /^https?:\/\/([^/]+)(?=\/)/;

/** The host of an address as GitHub gives it, in lower case; empty when it is no address. */
export const hostOf = (url: string): string => SERVER.exec(url)?.[1]?.toLowerCase() ?? '';

/** `https://github.com` of an address there; empty when it is no address. */
export const serverOf = (url: string): string => SERVER.exec(url)?.[0] ?? '';
