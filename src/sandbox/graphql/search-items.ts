import type { IssueRecord, PullRequestRecord, RepositoryRecord } from '../world.ts';
import { type Connection, connect, type PageArguments } from './connection.ts';
import { canSeeRepository, type GraphqlContext, mayRead } from './graphql-context.ts';
import { byOrder } from './order.ts';
import { parseSearch, type SearchTerm } from './parse-search.ts';
import { matchesTerm } from './search-term.ts';
import { itemSource } from './source.ts';

/** GitHub's search gives at most this many results, however many it counts. */
const RESULT_LIMIT = 1000;

interface Hit {
  readonly repository: RepositoryRecord;
  readonly item: IssueRecord | PullRequestRecord;
}

/**
 * Issues and pull requests that the query matches, newest first unless it says `sort:`. What the viewer may not read is
 * neither shown nor counted.
 */
export function searchItems(context: GraphqlContext, query: string, page: PageArguments): Connection {
  const { terms, sort } = parseSearch(query);
  const hits = readableItems(context, terms).filter(({ repository, item }) =>
    terms.every((term) => matchesTerm(term, repository, item) !== term.isNegated),
  );
  hits.sort(
    byOrder(sort, {
      created: ({ item }) => item.createdAt,
      updated: ({ item }) => item.updatedAt,
      comments: ({ item }) => item.comments.length,
    }),
  );
  return connect(hits.slice(0, RESULT_LIMIT), page, {
    keyOf: ({ item }) => item.id,
    toSource: ({ repository, item }) => itemSource(repository, item),
    totalCount: hits.length,
  });
}

function readableItems(context: GraphqlContext, terms: readonly SearchTerm[]): Hit[] {
  const wanted = terms.filter((term) => term.qualifier === 'repo' && !term.isNegated);
  const named = new Set(wanted.map((term) => term.value.toLowerCase()));
  const hits: Hit[] = [];
  for (const [key, repository] of context.world.repositories) {
    if (named.size > 0 && !named.has(key)) continue;
    if (!canSeeRepository(context, repository)) continue;
    if (mayRead(context, repository, 'issues')) {
      for (const item of repository.issues.values()) hits.push({ repository, item });
    }
    if (mayRead(context, repository, 'pull_requests')) {
      for (const item of repository.pullRequests.values()) hits.push({ repository, item });
    }
  }
  return hits;
}
