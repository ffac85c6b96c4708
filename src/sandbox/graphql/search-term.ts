import type { IssueRecord, PullRequestRecord, RepositoryRecord } from '../world.ts';
import { NotModelled } from './github-error.ts';
import { keyOf } from './graphql-context.ts';
import { hasLabel } from './item-lists.ts';
import type { SearchTerm } from './parse-search.ts';
import { isSameLogin } from './same-login.ts';

type Item = IssueRecord | PullRequestRecord;
type Condition = (term: SearchTerm, item: Item, repository: RepositoryRecord) => boolean;

/** Whether the item fulfils the term, before its negation. A qualifier that is not in the table fails. */
export function matchesTerm(term: SearchTerm, repository: RepositoryRecord, item: Item): boolean {
  const condition = CONDITIONS[term.qualifier];
  if (condition === undefined) throw new NotModelled(`search qualifier ${term.qualifier}:`);
  return condition(term, item, repository);
}

const isState: Condition = ({ value }, item) => {
  if (value === 'open') return item.state === 'open';
  if (value === 'closed') return item.state !== 'open';
  throw new NotModelled(`search qualifier state:${value}`);
};

const isKind: Condition = (term, item, repository) => {
  const { value } = term;
  if (value === 'issue') return item.kind === 'issue';
  if (value === 'pr' || value === 'pull-request') return item.kind === 'pull_request';
  if (value === 'merged') return item.state === 'merged';
  if (value === 'unmerged') return item.kind === 'pull_request' && item.state !== 'merged';
  if (value === 'draft') return item.kind === 'pull_request' && item.isDraft;
  if (value === 'locked') return item.locked;
  if (value === 'public' || value === 'private') return repository.visibility === value;
  return isState(term, item, repository);
};

const byDate =
  (read: (item: Item) => string | null): Condition =>
  ({ value }, item) =>
    isInRange(read(item), value);

const onPullRequest =
  (matches: (item: PullRequestRecord, value: string) => boolean): Condition =>
  ({ value }, item) =>
    item.kind === 'pull_request' && matches(item, value);

const CONDITIONS: Readonly<Record<string, Condition>> = {
  text: (term, item) => hasText(item, term),
  repo: ({ value }, _item, repository) => keyOf(repository) === value.toLowerCase(),
  'any-repo': () => true,
  org: ({ value }, _item, repository) => isSameLogin(repository.owner, value),
  user: ({ value }, _item, repository) => isSameLogin(repository.owner, value),
  is: isKind,
  type: (term, item, repository) =>
    term.value === 'issue' || term.value === 'pr'
      ? isKind(term, item, repository)
      : item.kind === 'issue' && item.issueType?.toLowerCase() === term.value.toLowerCase(),
  state: isState,
  label: ({ value }, item) => value.split(',').some((name) => hasLabel(item, name)),
  author: ({ value }, item) => isSameLogin(item.author, value),
  assignee: ({ value }, item) => [...item.assignees].some((login) => isSameLogin(login, value)),
  'review-requested': (term, item, repository) =>
    isRequested(item, term.value) || isInAskedTeam(item, term.value, repository),
  'user-review-requested': ({ value }, item) => isRequested(item, value),
  'reviewed-by': onPullRequest((item, value) => item.reviews.some(({ author }) => isSameLogin(author, value))),
  archived: ({ value }) => value === 'false',
  milestone: ({ value }, item, { milestones }) =>
    item.milestone !== null && milestones.get(item.milestone)?.title.toLowerCase() === value.toLowerCase(),
  head: onPullRequest((item, value) => item.headRefName.startsWith(value)),
  base: onPullRequest((item, value) => item.baseRefName.startsWith(value)),
  sha: onPullRequest((item, value) =>
    [...item.commits, item.mergeCommitSha ?? ''].some((sha) => value.length >= 7 && sha.startsWith(value)),
  ),
  draft: onPullRequest((item, value) => item.isDraft === (value === 'true')),
  created: byDate((item) => item.createdAt),
  updated: byDate((item) => item.updatedAt),
  closed: byDate((item) => item.closedAt),
  merged: byDate((item) => (item.kind === 'pull_request' ? item.mergedAt : null)),
};

const isRequested = (item: Item, login: string): boolean =>
  item.kind === 'pull_request' && item.reviewRequests.some((request) => isSameLogin(request.login, login));

const isInAskedTeam = (item: Item, login: string, { teams }: RepositoryRecord): boolean =>
  item.kind === 'pull_request' &&
  item.reviewRequests.some(({ team }) => (teams.get(team ?? '') ?? []).some((member) => isSameLogin(member, login)));

function hasText(item: Item, { value, fields }: SearchTerm): boolean {
  const wanted = wordsOf(value);
  const places = fields.flatMap((field) => textsIn(item, field));
  return places.some((text) => wordsOf(text).includes(wanted));
}

function textsIn(item: Item, field: string): readonly string[] {
  if (field === 'title') return [item.title];
  if (field === 'body') return [item.body];
  return field === 'comments' ? item.comments.map((comment) => comment.body) : [];
}

/** Search compares words, not characters: punctuation separates them, and a word has to fit whole. */
function wordsOf(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

/** Whether a time lies in a range as GitHub's searches write it: `2026-03-01..2026-03-05`, `>=2026-03-01`. */
export function isInRange(at: string | null, range: string): boolean {
  if (at === null) return false;
  const [, sign = '', first = '', last = ''] = /^(>=|<=|>|<)?(.+?)(?:\.\.(.+))?$/.exec(range) ?? [];
  const moment = Date.parse(at);
  const start = Date.parse(first);
  const end = endOf(last === '' ? first : last);
  if (sign === '>=') return moment >= start;
  if (sign === '>') return moment > end;
  if (sign === '<=') return moment <= end;
  if (sign === '<') return moment < start;
  return moment >= start && moment <= end;
}

/** A day without a time means all of it. */
function endOf(text: string): number {
  return Date.parse(text) + (/^\d{4}-\d{2}-\d{2}$/.test(text) ? 86_399_999 : 0);
}
