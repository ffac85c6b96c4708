import type { Order } from './order.ts';

/** One condition of a search; `text` is a free word or a quoted phrase. */
export interface SearchTerm {
  readonly qualifier: string;
  readonly value: string;
  readonly isNegated: boolean;
  /** Where free text is looked for. */
  readonly fields: readonly string[];
}

interface Search {
  readonly terms: readonly SearchTerm[];
  readonly sort: Order<'created' | 'updated' | 'comments'>;
}

const NEWEST_FIRST: Search['sort'] = { field: 'created', direction: 'DESC' };

/** Reads GitHub's search syntax: `-qualifier:value`, `qualifier:"two words"`, words and "quoted phrases". */
export function parseSearch(query: string): Search {
  const tokens = [...query.matchAll(/(-?)(?:([a-z-]+):)?((?:"[^"]*"|[^\s"])+)/gi)].map(
    ([, minus = '', qualifier = '', value = '']) => ({
      isNegated: minus === '-',
      qualifier: qualifier.toLowerCase(),
      value: value.replaceAll('"', ''),
    }),
  );
  const places = tokens.filter((token) => token.qualifier === 'in').flatMap((token) => token.value.split(','));
  const fields = places.length === 0 ? ['title', 'body', 'comments'] : places;
  const sort = tokens.find((token) => token.qualifier === 'sort')?.value;
  const terms = tokens
    .filter((token) => token.qualifier !== 'in' && token.qualifier !== 'sort')
    .map((token) => ({ ...token, qualifier: token.qualifier === '' ? 'text' : token.qualifier, fields }));
  return { terms: joinRepositories(terms), sort: sort === undefined ? NEWEST_FIRST : readSort(sort) };
}

/** Several `repo:` mean any of them; the caller narrows by them, so they are no conditions on their own. */
function joinRepositories(terms: readonly SearchTerm[]): readonly SearchTerm[] {
  const repositories = terms.filter((term) => term.qualifier === 'repo' && !term.isNegated);
  return repositories.length < 2
    ? terms
    : terms.map((term) => (repositories.includes(term) ? { ...term, qualifier: 'any-repo' } : term));
}

function readSort(text: string): Search['sort'] {
  const [field = '', direction = 'desc'] = text.split('-');
  const known = (['created', 'updated', 'comments'] as const).find((name) => name === field);
  return known === undefined ? NEWEST_FIRST : { field: known, direction: direction === 'asc' ? 'ASC' : 'DESC' };
}
