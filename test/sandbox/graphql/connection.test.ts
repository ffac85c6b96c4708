import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../../src/sandbox/graphql/connection.ts';
import { ask, dataOf, person } from './ask.ts';
import { harborWorld, issue } from './harbor-world.ts';

const letters = [...'abcdefgh'];
const keyed = { keyOf: (letter: string) => letter };

const cursors = (connection: Connection) => connection.items.map((_, index) => connection.cursorOf(index));

describe('a page of a list', () => {
  it('starts after one cursor and ends before another', () => {
    const all = cursors(connect(letters, { first: 100 }, keyed));
    const page = connect(letters, { first: 100, after: all[1] ?? '', before: all[5] ?? '' }, keyed);
    const { items, totalCount, filteredCount, hasNextPage, hasPreviousPage } = page;
    expect({ items, totalCount, filteredCount, hasNextPage, hasPreviousPage }).toEqual({
      items: ['c', 'd', 'e'],
      totalCount: 8,
      filteredCount: 3,
      hasNextPage: true,
      hasPreviousPage: true,
    });
  });

  it('counts from the end with last', () => {
    expect(connect(letters, { last: 3 }, keyed).items).toEqual(['f', 'g', 'h']);
    expect(connect(letters, { first: 4, last: 1 }, keyed).items).toEqual(['d']);
  });

  it('goes on behind its item when others came in before it', () => {
    const [, , third = ''] = cursors(connect(letters, { first: 100 }, keyed));
    expect(connect(['x', 'y', ...letters], { first: 2, after: third }, keyed).items).toEqual(['d', 'e']);
  });

  it('goes on in place when its item is gone', () => {
    const [, , third = ''] = cursors(connect(letters, { first: 100 }, keyed));
    const without = letters.filter((letter) => letter !== 'c');
    expect(connect(without, { first: 2, after: third }, keyed).items).toEqual(['d', 'e']);
  });

  it('walks every item once, whatever the page size', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer()), fc.integer({ min: 1, max: 7 }), (numbers, first) => {
        const seen: unknown[] = [];
        let after: string | null = null;
        for (let isMore = true; isMore; ) {
          const page: Connection = connect(numbers, { first, after }, { keyOf: (number) => number });
          seen.push(...page.items);
          after = page.items.length === 0 ? null : page.cursorOf(page.items.length - 1);
          isMore = page.hasNextPage;
        }
        expect(seen).toEqual(numbers);
      }),
    );
  });
});

describe('pages in an answer', () => {
  const query = `query($after: String) { repository(owner: "octo", name: "harbor") { issues(first: 2, after: $after) {
    totalCount edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

  it('carry edges, cursors and page information', () => {
    const world = harborWorld();
    const issues = ['Quay', 'Crane', 'Lighthouse'].map((title) => issue(world, title));
    const first = dataOf(world, query);
    const [a, b, c] = issues.map(({ id }, n) => Buffer.from(`cursor:v2:${n}:${id}`).toString('base64'));
    expect(first).toEqual({
      repository: {
        issues: {
          totalCount: 3,
          edges: [
            { cursor: a, node: { title: 'Quay' } },
            { cursor: b, node: { title: 'Crane' } },
          ],
          pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: a, endCursor: b },
        },
      },
    });
    expect(dataOf(world, query, { after: b })).toEqual({
      repository: {
        issues: {
          totalCount: 3,
          edges: [{ cursor: c, node: { title: 'Lighthouse' } }],
          pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: c, endCursor: c },
        },
      },
    });
  });

  it('have no cursors when they are empty', () => {
    const { repository } = dataOf(harborWorld(), query) as { repository: unknown };
    expect(repository).toEqual({
      issues: {
        totalCount: 0,
        edges: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      },
    });
  });

  it('refuse a cursor that is none', () => {
    expect(ask(harborWorld(), person('kim'), query, { after: 'bogus' }).errors).toMatchObject([
      { type: 'INVALID_CURSOR_ARGUMENTS', message: '`bogus` does not appear to be a valid cursor.' },
    ]);
  });
});
