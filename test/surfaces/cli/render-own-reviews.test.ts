import pc from 'picocolors';
import { expect, test } from 'vitest';
import { renderCapacity } from '../../../src/surfaces/cli/render-own-reviews.ts';

test.each([
  [null, 'For kim the configuration and the past say how many reviews may wait.\n'],
  [0, 'kim is asked for nothing new, and keeps what waits.\nKept in this store, for nobody else to see.\n'],
  [1, '1 review may wait for kim at once before others go first.\nKept in this store, for nobody else to see.\n'],
])('a capacity of %s is told by what it means', (capacity, text) => {
  expect(renderCapacity({ login: 'kim', capacity }, { colors: pc.createColors(false), width: 80 })).toBe(text);
});
