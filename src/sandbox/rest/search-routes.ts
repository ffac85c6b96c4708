import { permits } from '../access/viewer.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import { linkHeader, readPage, slicePage } from '../http/pages.ts';
import type { RepositoryRecord } from '../world.ts';
import { hasName, sortItems } from './list-issues.ts';
import type { RestCall, RestRoute } from './route.ts';
import { type Item, showIssue } from './show-issue.ts';

/** GitHub finds at most this many, however many there are. */
const MOST_RESULTS = 1000;

export const SEARCH_ROUTES: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/search/issues',
    operation: 'search/issues-and-pull-requests',
    needs: { by: 'anyone' },
    answer: searchIssues,
  },
];

interface Found {
  readonly repository: RepositoryRecord;
  readonly item: Item;
}

type Filter = (found: Found) => boolean;

/**
 * A small, honest part of GitHub's search: `repo:`, `org:`/`user:`, `is:`, `state:`, `label:`, `author:`, `assignee:`,
 * `in:title`/`in:body` and text. Any other qualifier is refused (422) rather than ignored.
 */
function searchIssues(call: RestCall): Answer {
  const filters = readQuery(call.query.get('q') ?? '');
  const all = [...call.world.repositories.values()].flatMap((repository) =>
    [...repository.issues.values(), ...repository.pullRequests.values()].map((item) => ({ repository, item })),
  );
  const found = all.filter((one) => mayRead(call, one) && filters.every((fits) => fits(one)));
  const homes = new Map(found.map(({ repository, item }) => [item, repository]));
  const sorted = sortItems([...homes.keys()], sortingOf(call.query)).slice(0, MOST_RESULTS);
  const page = readPage(call.query);
  const items = slicePage(sorted, page).flatMap((item) => {
    const repository = homes.get(item);
    return repository === undefined ? [] : [{ ...showIssue(call, repository, item), score: 1 }];
  });
  return {
    ...ok({ total_count: found.length, incomplete_results: false, search_type: 'lexical', items }),
    headers: linkHeader(page, { url: call.url, total: sorted.length }),
  };
}

function mayRead({ world, viewer }: RestCall, { repository, item }: Found): boolean {
  const permission = item.kind === 'issue' ? 'issues' : 'pull_requests';
  return permits(world, viewer, `${repository.owner}/${repository.name}`, permission, 'read');
}

function sortingOf(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams({ sort: query.get('sort') ?? 'created', direction: query.get('order') ?? 'desc' });
}

/** Words, `qualifier:value`, and either with the value in quotation marks. */
const TOKEN = /(-?)(?:([a-z-]+):)?(?:"([^"]*)"|(\S+))/gi;

function readQuery(text: string): readonly Filter[] {
  const tokens = [...text.matchAll(TOKEN)].map(([, minus, qualifier, quoted, plain]) => ({
    isNegated: minus === '-',
    qualifier: qualifier?.toLowerCase() ?? null,
    value: quoted ?? plain ?? '',
  }));
  if (tokens.length === 0) throw refuse('q', 'missing');
  const places = tokens.flatMap(({ qualifier, value }) => (qualifier === 'in' ? value.split(',') : []));
  return tokens.flatMap(({ isNegated, qualifier, value }) => {
    if (qualifier === 'in') return [];
    const fits = qualifier === null ? textFilter(value, places) : qualifierFilter(qualifier, value);
    return [isNegated ? (found: Found) => !fits(found) : fits];
  });
}

function textFilter(value: string, places: readonly string[]): Filter {
  const wanted = value.toLowerCase();
  const isIn = (place: string) => places.length === 0 || places.includes(place);
  return ({ item }) =>
    (isIn('title') && item.title.toLowerCase().includes(wanted)) ||
    (isIn('body') && item.body.toLowerCase().includes(wanted)) ||
    (isIn('comments') && item.comments.some(({ body }) => body.toLowerCase().includes(wanted)));
}

function qualifierFilter(qualifier: string, value: string): Filter {
  const wanted = value.toLowerCase();
  switch (qualifier) {
    case 'repo':
      return ({ repository }) => `${repository.owner}/${repository.name}`.toLowerCase() === wanted;
    case 'org':
    case 'user':
      return ({ repository }) => repository.owner.toLowerCase() === wanted;
    case 'label':
      return ({ item }) => hasName(item.labels, value);
    case 'author':
      return ({ item }) => item.author.toLowerCase() === wanted;
    case 'assignee':
      return ({ item }) => hasName(item.assignees, value);
    case 'is':
    case 'state':
    case 'type':
      return stateFilter(qualifier, wanted);
    default:
      throw refuse(qualifier, 'invalid');
  }
}

function stateFilter(qualifier: string, value: string): Filter {
  switch (value) {
    case 'issue':
      return ({ item }) => item.kind === 'issue';
    case 'pr':
    case 'pull-request':
      return ({ item }) => item.kind === 'pull_request';
    case 'open':
    case 'closed':
      return ({ item }) => (item.state === 'open') === (value === 'open');
    case 'merged':
      return ({ item }) => item.state === 'merged';
    case 'draft':
      return ({ item }) => item.kind === 'pull_request' && item.isDraft;
    default:
      throw refuse(`${qualifier}:${value}`, 'invalid');
  }
}

function refuse(field: string, code: 'missing' | 'invalid'): WorldRefusal {
  return new WorldRefusal(422, 'Validation Failed', [{ resource: 'Search', field, code }]);
}
