import { describe, expect, test } from 'vitest';
import { linkHeader, pageOf, readPage } from '../../../src/sandbox/http/pages.ts';

const NUMBERS = Array.from({ length: 7 }, (_, index) => index + 1);
const pageWith = (query: string) => pageOf(NUMBERS, new URL(`http://here/list?${query}`), (number) => number);
const to = (page: number, relation: string) => `<http://here/list?per_page=3&page=${page}>; rel="${relation}"`;

describe('pages', () => {
  test.each([
    ['the first', 'per_page=3', [1, 2, 3], [to(2, 'next'), to(3, 'last')]],
    ['a middle one', 'per_page=3&page=2', [4, 5, 6], [to(1, 'prev'), to(3, 'next'), to(3, 'last'), to(1, 'first')]],
    ['the last', 'per_page=3&page=3', [7], [to(2, 'prev'), to(1, 'first')]],
    ['one past the end', 'per_page=3&page=9', [], [to(3, 'prev'), to(1, 'first')]],
  ])('%s links to its neighbours', (_, query, body, links) => {
    expect(pageWith(query)).toEqual({ status: 200, body, headers: { link: links.join(', ') } });
  });

  test('a list that fits one page has no links', () => {
    expect(pageWith('')).toEqual({ status: 200, body: NUMBERS, headers: {} });
    expect(linkHeader({ perPage: 10, page: 1 }, { url: new URL('http://here/'), total: 0 })).toEqual({});
  });

  test('other parameters stay in the links', () => {
    const url = new URL('http://here/list?state=all&per_page=5');
    expect(linkHeader({ perPage: 5, page: 1 }, { url, total: 6 })).toEqual({
      link:
        '<http://here/list?state=all&per_page=5&page=2>; rel="next", ' +
        '<http://here/list?state=all&per_page=5&page=2>; rel="last"',
    });
  });

  test.each([
    ['', { perPage: 30, page: 1 }],
    ['per_page=1000', { perPage: 100, page: 1 }],
    ['per_page=0&page=0', { perPage: 30, page: 1 }],
    ['per_page=-1&page=x', { perPage: 30, page: 1 }],
    ['per_page=7&page=4', { perPage: 7, page: 4 }],
  ])('"%s" reads as GitHub reads it', (query, page) => {
    expect(readPage(new URLSearchParams(query))).toEqual(page);
  });
});
