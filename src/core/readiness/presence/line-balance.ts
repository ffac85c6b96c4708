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

/** All that a change takes out and puts in, line by line, also where it does both with the same line. */
export interface Sides {
  readonly removed: LineBalance;
  readonly added: LineBalance;
}

export function sidesOf(hunks: readonly TextHunk[]): Sides {
  const [removed, added] = [new Map<LineId, number>(), new Map<LineId, number>()];
  for (const hunk of hunks) {
    for (const line of hunk.removed) count(removed, line, 1);
    for (const line of hunk.added) count(added, line, 1);
  }
  return { removed, added };
}

/** How much of `earlier` a later change takes back. */
export function inverseOf(earlier: LineBalance, later: Sides): Inverse {
  let [removed, restored] = [0, 0];
  for (const by of takenBack(earlier, later).values()) {
    if (by > 0) removed += by;
    else restored -= by;
  }
  return { removed, restored };
}

/** The part of `earlier` that a later change takes back. */
export function takenBack(earlier: LineBalance, { removed, added }: Sides): LineBalance {
  const taken = new Map<LineId, number>();
  const take = (line: LineId): void => {
    const by = earlier.get(line) ?? 0;
    const part = by > 0 ? Math.min(by, removed.get(line) ?? 0) : -Math.min(-by, added.get(line) ?? 0);
    if (part !== 0) taken.set(line, part);
  };
  if (earlier.size <= removed.size + added.size) for (const line of earlier.keys()) take(line);
  else for (const side of [removed, added]) for (const line of side.keys()) take(line);
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
