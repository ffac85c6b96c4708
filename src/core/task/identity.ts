import { plannedIdOf } from './planned-id.ts';

/** A task is a GitHub issue; a pull request shares the same numbering, so one reference type serves both. */
export interface Ref {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

export interface RepositoryRef {
  readonly owner: string;
  readonly repo: string;
}

interface ParseRefOptions {
  /** The repository that `#12` means; without it a bare number is not a reference. */
  readonly defaultRepository: RepositoryRef | null;
  /** Grammars of planned ids as configured: `tasks.ids`. */
  readonly ids: readonly string[];
}

/** The key of every map of tasks and pull requests: `owner/repo#number` in lower case, as GitHub ignores case here. */
export function refKey(ref: Ref): string {
  const repository = repositoryKey(ref);
  if (repository !== keys.repository || keys.byNumber.size > MAX_KEYS) keys = { repository, byNumber: new Map() };
  const before = keys.byNumber.get(ref.number);
  if (before !== undefined) return before;
  const key = `${repository}#${ref.number}`;
  keys.byNumber.set(ref.number, key);
  return key;
}

/** A text that was looked up before is found sooner than one made anew. Of one repository, so many at most. */
let keys = { repository: '', byNumber: new Map<number, string>() };
const MAX_KEYS = 50_000;

/** `owner/repo` in lower case. */
export function repositoryKey({ owner, repo }: RepositoryRef): string {
  if (owner !== last.owner || repo !== last.repo) last = { owner, repo, key: `${owner}/${repo}`.toLowerCase() };
  return last.key;
}

/** Hundreds of thousands of keys are asked for in a row, nearly all of one repository. */
let last: RepositoryRef & { readonly key: string } = { owner: '', repo: '', key: '/' };

export const sameRef = (a: Ref, b: Ref): boolean => a.number === b.number && repositoryKey(a) === repositoryKey(b);

/** `owner/repo#12`, or `#12` inside the repository of `relativeTo`. */
export function formatRef(ref: Ref, relativeTo?: RepositoryRef | null): string {
  const isNear = relativeTo != null && repositoryKey(ref) === repositoryKey(relativeTo);
  return isNear ? `#${ref.number}` : `${ref.owner}/${ref.repo}#${ref.number}`;
}

const SHORT_REF = /^(?:([a-z0-9][a-z0-9-]*)\/([a-z0-9._-]+))?#?(\d{1,10})$/i;
const ITEM_URL =
  /^https?:\/\/[^/\s]+\/([a-z0-9][a-z0-9-]*)\/([a-z0-9._-]+)\/(?:issues|pull)\/(\d{1,10})(?:[/?#]\S*)?$/i;

/**
 * Reads what a person types for a task: `#12`, `12`, `o/r#12`, an issue's or pull request's address on any host, or a
 * planned id. Null when it is none of these, or a bare number without a default repository.
 */
export function parseRef(text: string, options: ParseRefOptions): Ref | { readonly plannedId: string } | null {
  const trimmed = text.trim();
  const url = ITEM_URL.exec(trimmed);
  if (url !== null) return toRef(url[1], url[2], url[3]);
  const short = SHORT_REF.exec(trimmed);
  if (short !== null && (short[1] === undefined || trimmed.includes('#'))) {
    const repository = short[1] === undefined ? options.defaultRepository : { owner: short[1], repo: short[2] ?? '' };
    return repository === null ? null : toRef(repository.owner, repository.repo, short[3]);
  }
  const plannedId = plannedIdOf({ title: trimmed }, options.ids);
  return plannedId !== null && plannedId.length === trimmed.length ? { plannedId } : null;
}

function toRef(owner: string | undefined, repo: string | undefined, digits: string | undefined): Ref | null {
  const number = Number(digits);
  return owner && repo && number > 0 ? { owner, repo, number } : null;
}
