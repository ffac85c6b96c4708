import { UserError } from '../failure.ts';
import { parseRef, type RepositoryRef } from '../task/identity.ts';
import { DEFAULT_ID_PATTERNS } from '../task/planned-id.ts';

/** What is to be judged, as asked for. */
export type Selector =
  /** Merged since a tag; without one since the latest release, and in a repository without any since 30 days. */
  | { readonly kind: 'since'; readonly tag: string | null }
  /** Merged within the last days. */
  | { readonly kind: 'since'; readonly days: number }
  | { readonly kind: 'branch'; readonly branch: string }
  /** By title, or by number. */
  | { readonly kind: 'milestone'; readonly milestone: string }
  | { readonly kind: 'phase'; readonly phase: string }
  /** `#12`, `owner/repo#12`, an address or a planned id. */
  | { readonly kind: 'umbrella'; readonly umbrella: string }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'query'; readonly query: string };

/** Without a release to begin with. */
export const DEFAULT_DAYS = 30;
const MAX_DAYS = 3_650;
const MAX_LENGTH = 300;

/**
 * Reads what a person types for a scope: `kind:value`, or an issue as it is named elsewhere, which means that umbrella.
 * Nothing, or `since` alone, is what was merged since the latest release. Throws `usage`, which lists the forms.
 */
export function parseSelector(text: string | undefined, defaultRepository: RepositoryRef | null): Selector {
  const trimmed = (text ?? '').trim();
  if (trimmed === '' || trimmed === 'since') return { kind: 'since', tag: null };
  if (trimmed.length > MAX_LENGTH) throw unreadable(`${trimmed.slice(0, 40)}…`, 'is longer than 300 characters');
  // Before `kind:value`, because an address has a colon too; a bare number is one without its `#`.
  const ref = parseRef(trimmed, { defaultRepository, ids: DEFAULT_ID_PATTERNS });
  if (ref !== null) return { kind: 'umbrella', umbrella: /^\d+$/.test(trimmed) ? `#${trimmed}` : trimmed };
  const [, kind = '', value = ''] = /^([a-z]+):\s*(.*)$/is.exec(trimmed) ?? [];
  const read = READERS[kind.toLowerCase()];
  if (read === undefined) throw unreadable(trimmed, kind === '' ? 'names no scope' : `begins with an unknown word`);
  const plain = unquoted(value);
  if (plain === '') throw unreadable(trimmed, 'says nothing behind its colon');
  return read(plain);
}

const READERS: Readonly<Record<string, (value: string) => Selector>> = {
  since: (value) => sinceDays(value) ?? { kind: 'since', tag: value.replace(/^refs\/tags\//, '') },
  branch: (value) => ({ kind: 'branch', branch: value.replace(/^refs\/heads\//, '') }),
  milestone: (milestone) => ({ kind: 'milestone', milestone }),
  phase: (phase) => ({ kind: 'phase', phase }),
  umbrella: (umbrella) => ({ kind: 'umbrella', umbrella: /^\d+$/.test(umbrella) ? `#${umbrella}` : umbrella }),
  label: (label) => ({ kind: 'label', label }),
  query: (query) => ({ kind: 'query', query: ofIssues(withinRepository(query)) }),
};

/** `30d` and `2W`: tags are not called that. */
function sinceDays(value: string): Selector | null {
  const [, amount, unit] = /^(\d{1,4})([dw])$/i.exec(value) ?? [];
  if (amount === undefined) return null;
  const days = Number(amount) * (unit?.toLowerCase() === 'w' ? 7 : 1);
  if (days < 1 || days > MAX_DAYS) throw unreadable(`since:${value}`, `is no time between 1 and ${MAX_DAYS} days`);
  return { kind: 'since', days };
}

/**
 * A scope is one of its repository: GitHub takes several of these words for one as well as the other, and whoever reads a
 * report in one repository may not read the other.
 */
function withinRepository(query: string): string {
  const [, word] = /(?:^|[\s(])(repo|org|user|owner|enterprise):\S/i.exec(query) ?? [];
  if (word === undefined) return query;
  const message = `The scope ${JSON.stringify(`query:${query}`)} names a place by ${JSON.stringify(`${word}:`)}, and a query is asked in one repository.`;
  throw new UserError('usage', message, `Leave ${word}: out; the repository is the one that the report is asked for.`);
}

/** Where both are asked for, GitHub finds nothing, which would read like a scope that happens to be empty. */
function ofIssues(query: string): string {
  const [, word] = /(?:^|[\s(])((?:is|type):"?(?:pr|pull-?requests?)"?)(?=$|[\s)])/i.exec(query) ?? [];
  if (word === undefined) return query;
  const message = `The scope ${JSON.stringify(`query:${query}`)} asks for ${JSON.stringify(word)}, and a query finds issues.`;
  const hint = `Leave ${word} out: pull requests are in scope with the tasks that they belong to; since: and branch: hold what was merged.`;
  throw new UserError('usage', message, hint);
}

/** A shell takes quotation marks away, a comment or a workflow does not. */
function unquoted(value: string): string {
  const trimmed = value.trim();
  return /^"[^"]*"$|^'[^']*'$/.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed;
}

const FORMS =
  'since:v3.0, since:30d, branch:release/3.1, milestone:"Harbor 3.1", phase:P3, umbrella:#12 (or #12 alone), label:release-blocker, query:"is:open label:bug"; nothing means since the latest release';

const unreadable = (text: string, why: string): UserError =>
  new UserError('usage', `The scope ${JSON.stringify(text)} ${why}.`, `A scope is one of these: ${FORMS}.`);

/** How a selector is written; two that mean the same are written alike. */
export function formatSelector(selector: Selector): string {
  switch (selector.kind) {
    case 'since':
      return `since:${'days' in selector ? `${selector.days}d` : (selector.tag ?? 'latest')}`;
    case 'branch':
      return `branch:${selector.branch}`;
    case 'milestone':
      return `milestone:${selector.milestone}`;
    case 'phase':
      return `phase:${selector.phase}`;
    case 'umbrella':
      return `umbrella:${selector.umbrella}`;
    case 'label':
      return `label:${selector.label}`;
    case 'query':
      return `query:${selector.query}`;
  }
}
