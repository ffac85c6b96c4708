import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../../src/sandbox/graphql/parse-search.ts';

const parts = (query: string) =>
  parseSearch(query).terms.map(({ qualifier, value, isNegated }) => `${isNegated ? 'not ' : ''}${qualifier}=${value}`);

describe('a search text', () => {
  it.each([
    ['quay wall', ['text=quay', 'text=wall']],
    ['"quay wall"', ['text=quay wall']],
    ['repo:octo/harbor is:issue', ['repo=octo/harbor', 'is=issue']],
    ['label:"good first issue" -label:lane:api', ['label=good first issue', 'not label=lane:api']],
    ['label:"a b","c d"', ['label=a b,c d']],
    ['repo:o/a repo:o/b', ['any-repo=o/a', 'any-repo=o/b']],
    ['repo:o/a -repo:o/b', ['repo=o/a', 'not repo=o/b']],
    ['updated:>=2026-05-04T09:00:00Z', ['updated=>=2026-05-04T09:00:00Z']],
    ['P1.M1.T1 in:title sort:updated-asc', ['text=P1.M1.T1']],
    ['', []],
  ])('%s reads as %j', (query, expected) => {
    expect(parts(query)).toEqual(expected);
  });

  it('says where free words are looked for', () => {
    expect(parseSearch('quay').terms[0]?.fields).toEqual(['title', 'body', 'comments']);
    expect(parseSearch('quay in:title,body').terms[0]?.fields).toEqual(['title', 'body']);
  });

  it('orders newest first unless it says how', () => {
    expect(parseSearch('quay').sort).toEqual({ field: 'created', direction: 'DESC' });
    expect(parseSearch('quay sort:updated').sort).toEqual({ field: 'updated', direction: 'DESC' });
    expect(parseSearch('quay sort:comments-asc').sort).toEqual({ field: 'comments', direction: 'ASC' });
    expect(parseSearch('quay sort:reactions').sort).toEqual({ field: 'created', direction: 'DESC' });
  });
});
