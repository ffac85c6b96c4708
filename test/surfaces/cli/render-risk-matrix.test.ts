import pc from 'picocolors';
import { expect, test } from 'vitest';
import { ALL_LISTED, type NotListed } from '../../../src/core/risk/pairs-not-listed.ts';
import { renderRiskMatrix } from '../../../src/surfaces/cli/render-risk-matrix.ts';

/** So many changes, each pair of which is estimated alike. */
function alike(count: number, probability: number, notListed: Partial<NotListed> = {}): string {
  const names = Array.from({ length: count }, (_, place) => `#${place + 1}`);
  return renderRiskMatrix(
    {
      repository: null,
      base: { name: 'main', commit: null },
      changes: names.map((name, place) => ({
        ...{ name, number: place + 1, title: name, url: null, author: null, headSha: '', place: place + 1 },
        onBase: { verdict: 'clean' },
      })),
      pairs: names.flatMap((a, place) =>
        names
          .slice(place + 1)
          .map((b) => ({ a, b, finding: { basis: 'estimated', probability, factors: [] } as const })),
      ),
      notListed: { ...ALL_LISTED, ...notListed },
      ...{ leftOut: [], gaps: [], remarks: [], svg: null },
    },
    { colors: pc.createColors(false), width: 120 },
  );
}

test('few unlikely pairs are no reason to expect a conflict', () => {
  const text = alike(3, 0.1);
  expect(text).toMatch(/^3 open changes into main: no two of them are likely to conflict\.$/m);
  expect(text).toMatch(/^3 of them are likely to meet nobody\.$/m);
});

test('many unlikely pairs together are, and it is told how many of them conflict', () => {
  const text = alike(30, 0.07);
  expect(text).toMatch(
    /^30 open changes into main: no two of them are likely to conflict, about 30 of 435 pairs estimated below 50 % to conflict$/m,
  );
  expect(text).toMatch(/^30 of them have no conflict that is known or likely by itself\.$/m);
  expect(text).not.toContain('nobody');
});

test('pairs that are too many to be listed count as well', () => {
  const text = alike(3, 0.1, { estimated: 1000, estimatedUpTo: 0.1, estimatedConflicts: 81.6 });
  expect(text).toContain('about 82 of 1003 pairs estimated below 50 %');
  expect(text).toMatch(/^3 of them have no conflict that is known or likely by itself\.$/m);
});

test('pairs that nothing is known of are told, and speak for nobody', () => {
  const text = alike(3, 0.001, { notReached: 1500 });
  expect(text).toContain('1500 pairs not reached in time and unknown.');
  expect(text).toMatch(/^3 of them have no conflict that is known or likely by itself\.$/m);
});
