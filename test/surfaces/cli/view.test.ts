import { expect, test } from 'vitest';
import { viewOf } from '../../../src/surfaces/cli/view.ts';

type Io = Parameters<typeof viewOf>[0];

const widthOf = (terminal: { isTTY?: boolean; columns?: number }, env: Io['env'] = {}): number => {
  const stdout = { ...terminal, write: () => true };
  const io: Pick<Io, 'stdout' | 'env'> = { stdout, env };
  return viewOf(io, { color: true }).width;
};

test.each([
  ['a terminal tells its width', widthOf({ isTTY: true, columns: 132 }, { COLUMNS: '60' }), 132],
  ['one that tells none is as wide as COLUMNS', widthOf({ isTTY: true, columns: 0 }, { COLUMNS: '60' }), 60],
  ['and else eighty columns', widthOf({ isTTY: true, columns: 0 }), 80],
  ['no view is narrower than forty', widthOf({ isTTY: true, columns: 20 }), 40],
  ['what is piped is as wide as COLUMNS', widthOf({ columns: 20 }, { COLUMNS: '60' }), 60],
  ['and else as its lines', widthOf({}, { COLUMNS: 'wide' }), Number.POSITIVE_INFINITY],
])('%s', (_, width, expected) => {
  expect(width).toBe(expected);
});
