import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../src/core/reading.ts';
import type { Connection } from '../../src/github/nodes.ts';
import { readList } from '../../src/github/read-list.ts';
import { createUnread, gapOf } from '../../src/github/unread.ts';

const REFUSAL = { type: 'FORBIDDEN', message: 'no' };
const GAP = { cause: 'forbidden', what: 'things', permission: 'things: read' } as const;

interface Holder {
  readonly things?: Connection<string> | null;
}

interface Reading {
  readonly refusedAt?: readonly (string | number)[];
  readonly skipsHidden?: boolean;
  readonly mayBeCut?: boolean;
}

function read(holder: Holder, { refusedAt, ...options }: Reading = {}) {
  const unread = createUnread();
  if (refusedAt !== undefined) unread.note({ data: holder, problems: [{ ...REFUSAL, path: refusedAt }] });
  return readList(
    holder.things,
    { holder, field: 'things', what: 'things', permission: 'things: read', ...options },
    unread,
  );
}

const cut = { hasNextPage: true, endCursor: 'x' };

describe('a list', () => {
  it.each<[string, Holder, Reading, unknown]>([
    ['whole', { things: { nodes: ['a', 'b'] } }, {}, known(['a', 'b'])],
    ['null without a refusal is empty', { things: null }, {}, known([])],
    ['refused', { things: null }, { refusedAt: ['things'] }, unknown(GAP)],
    ['refused somewhere inside', { things: null }, { refusedAt: ['things', 'nodes', 3, 'name'] }, unknown(GAP)],
    ['refused below', { things: { nodes: null } }, { refusedAt: ['things', 'nodes'] }, unknown(GAP)],
    ['with a refused element', { things: { nodes: ['a', null] } }, { refusedAt: ['things', 'nodes', 1] }, unknown(GAP)],
    [
      'with a hidden element that may be left out',
      { things: { nodes: ['a', null] } },
      { refusedAt: ['things', 'nodes', 1], skipsHidden: true },
      known(['a']),
    ],
    ['with an element that is gone', { things: { nodes: ['a', null] } }, {}, known(['a'])],
    ['cut', { things: { nodes: ['a'], pageInfo: cut } }, {}, unknown({ cause: 'truncated', what: 'things' })],
    [
      'cut, where the first page is enough',
      { things: { nodes: ['a'], pageInfo: cut } },
      { mayBeCut: true },
      known(['a']),
    ],
    ['not asked for', {}, {}, unknown({ cause: 'truncated', what: 'things (not asked for)' })],
  ])('%s', (_, holder, options, expected) => {
    expect(read(holder, options)).toEqual(expected);
  });
});

describe('a refusal', () => {
  it('elsewhere in the answer leaves a list alone', () => {
    expect(read({ things: { nodes: ['a'] } }, { refusedAt: ['others', 'nodes', 0] })).toEqual(known(['a']));
  });

  it.each([
    ['FORBIDDEN', { cause: 'forbidden', what: 'things', permission: 'things: read' }],
    ['NOT_FOUND', { cause: 'forbidden', what: 'things', permission: 'things: read' }],
    ['RATE_LIMITED', { cause: 'rate_limited', what: 'things' }],
    [null, { cause: 'unavailable', what: 'things' }],
  ])('of type %s names a permission only where one helps', (type, gap) => {
    expect(gapOf({ type, message: 'no', path: [] }, 'things', 'things: read')).toEqual(gap);
  });
});
