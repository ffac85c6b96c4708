import type { LineId, TextHunk } from './base-line.ts';

/** How often a text gained (above 0) or lost each line. A line that only moved is in none. */
export type LineBalance = ReadonlyMap<LineId, number>;

/** What one change takes back of another, in lines. */
export interface Inverse {
  /** Lines that the other had put in, and that this one takes out. */
  readonly removed: number;
  /** Lines that the other had taken out, and that this one puts back. */
  readonly restored: number;
}

export function balanceOf(hunks: readonly TextHunk[]): LineBalance {
  const balance = new Map<LineId, number>();
  for (const { added, removed } of hunks) {
    for (const line of added) count(balance, line, 1);
    for (const line of removed) count(balance, line, -1);
  }
  return balance;
}

/** One after the other. */
export function sumOf(balances: Iterable<LineBalance>): LineBalance {
  const sum = new Map<LineId, number>();
  for (const balance of balances) addTo(sum, balance);
  return sum;
}

/** As `sumOf`, in place: for sums that grow step by step. */
export function addTo(sum: Map<LineId, number>, balance: LineBalance): void {
  for (const [line, by] of balance) count(sum, line, by);
}

export function sizeOf(balance: LineBalance): number {
  let size = 0;
  for (const by of balance.values()) size += Math.abs(by);
  return size;
}

/** The part of a balance that a larger one, of which it is a part, does not make up for elsewhere. */
export function withoutMoves(part: LineBalance, whole: LineBalance): LineBalance {
  const left = new Map<LineId, number>();
  for (const [line, by] of part) {
    const all = whole.get(line) ?? 0;
    if (by > 0 && all > 0) left.set(line, Math.min(by, all));
    if (by < 0 && all < 0) left.set(line, Math.max(by, all));
  }
  return left;
}

/** What `later` takes back of `earlier`. */
export function inverseOf(earlier: LineBalance, later: LineBalance): Inverse {
  let [removed, restored] = [0, 0];
  for (const by of takenBack(earlier, later).values()) {
    if (by > 0) removed += by;
    else restored -= by;
  }
  return { removed, restored };
}

/** The part of `earlier` that `later` takes back. */
export function takenBack(earlier: LineBalance, later: LineBalance): LineBalance {
  const isSmaller = earlier.size <= later.size;
  const taken = new Map<LineId, number>();
  for (const line of (isSmaller ? earlier : later).keys()) {
    const [before, after] = [earlier.get(line) ?? 0, later.get(line) ?? 0];
    if (before > 0 && after < 0) taken.set(line, Math.min(before, -after));
    if (before < 0 && after > 0) taken.set(line, Math.max(before, -after));
  }
  return taken;
}

export const minus = (balance: LineBalance, part: LineBalance): LineBalance =>
  sumOf([balance, new Map([...part].map(([line, by]) => [line, -by]))]);

function count(balance: Map<LineId, number>, line: LineId, by: number): void {
  if (line === 0) return;
  const sum = (balance.get(line) ?? 0) + by;
  if (sum === 0) balance.delete(line);
  else balance.set(line, sum);
}
