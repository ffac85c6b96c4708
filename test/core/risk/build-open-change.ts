import type { OpenChange } from '../../../src/core/risk/open-change.ts';
import type { PairFinding } from '../../../src/core/risk/pair-risk.ts';

/** Open since that day of June, touched on the 29th; changes `lines` lines of each path. */
export function openChange(
  number: number,
  day: number,
  rest: Partial<OpenChange> & { paths?: readonly string[]; lines?: number } = {},
): OpenChange {
  const { paths = ['src/a.ts'], lines = 5, ...facts } = rest;
  return {
    name: `#${number}`,
    number,
    url: `https://github.com/octo/harbor/pull/${number}`,
    headSha: `${number}`.repeat(40).slice(0, 40),
    enteredAt: `2026-06-${day}T00:00:00Z`,
    updatedAt: '2026-06-29T00:00:00Z',
    isDraft: false,
    isDependencyBot: false,
    priority: 0,
    heldBy: [],
    before: [],
    anew: [],
    after: [],
    files: paths.map((path) => ({
      path,
      status: 'modified' as const,
      hunks: [{ oldStart: 1, oldLines: lines, newStart: 1, newLines: 0 }],
    })),
    ...facts,
  };
}

/** A verified conflict; what ends in `.lock` is made anew. */
export const conflictIn = (...paths: readonly string[]): PairFinding => ({
  basis: 'verified',
  verdict: 'conflict',
  files: paths.map((path) => ({ path, kind: 'content', ranges: [], regenerate: path.endsWith('.lock') })),
});

export const pair = (a: number, b: number, finding: PairFinding) => ({ a: `#${a}`, b: `#${b}`, finding });
