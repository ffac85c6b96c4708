import { markOf } from './mark-of-finding.ts';
import type { PairRisk } from './pair-risk.ts';
import type { MatrixRow } from './render-matrix-svg.ts';

/** Past so many rows nobody follows a line across. */
const MOST_ROWS = 100;

interface MatrixChoice {
  /** In the order they came in. */
  readonly rows: readonly MatrixRow[];
  /** How many meet somebody or do not merge, and have no row all the same. */
  readonly left: number;
}

/**
 * The changes to draw: up to a hundred all of them; of more those that meet somebody or do not merge, and of these the
 * hundred of which most conflicts are to be expected. One that nobody can judge counts like one that conflicts with its base.
 */
export function chooseMatrixRows(all: readonly MatrixRow[], pairs: readonly PairRisk[]): MatrixChoice {
  if (all.length <= MOST_ROWS) return { rows: all, left: 0 };
  const expected = expectedConflicts(all, pairs);
  const telling = all.filter(({ name }) => expected.has(name));
  const expectedOf = ({ name }: MatrixRow): number => expected.get(name) ?? 0;
  const worst = new Set(telling.toSorted((one, other) => expectedOf(other) - expectedOf(one)).slice(0, MOST_ROWS));
  return { rows: telling.filter((row) => worst.has(row)), left: telling.length - worst.size };
}

/** By name, of every change that meets somebody or does not merge. */
function expectedConflicts(all: readonly MatrixRow[], pairs: readonly PairRisk[]): ReadonlyMap<string, number> {
  const unknown = new Set(all.filter(({ onBase }) => onBase === 'unknown').map(({ name }) => name));
  const found = new Map(all.filter(({ onBase }) => HOLDS.has(onBase)).map(({ name }) => [name, 1]));
  for (const { a, b, finding } of pairs) {
    const mark = markOf(finding);
    // Every change meets one that nobody can judge: that alone is no reason for a row.
    if (mark === 'clean' || mark === 'waits' || unknown.has(a) || unknown.has(b)) continue;
    const chance = finding.basis === 'estimated' ? finding.probability : mark === 'conflict' ? 1 : 0;
    for (const name of [a, b]) found.set(name, (found.get(name) ?? 0) + chance);
  }
  return found;
}

const HOLDS: ReadonlySet<string> = new Set(['conflict', 'reported_conflict', 'unknown']);
