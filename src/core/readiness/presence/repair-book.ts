import { inverseOf, type LineBalance, minus, type Sides, sizeOf } from './line-balance.ts';
import type { Undoing } from './undoing.ts';

/** Remembers what was lost where, and which of it came back. */
export interface RepairBook {
  readonly open: (undoing: Undoing, lost: ReadonlyMap<string, LineBalance>) => void;
  /** A later change of a file. */
  readonly note: (path: string, sides: Sides) => void;
  /** The undoing without the files that are good again; none where all are. */
  readonly leftOf: (undoing: Undoing) => readonly Undoing[];
}

/** So much of it put in again makes it good. */
const REPAIRED = 0.8;

export function repairBook(): RepairBook {
  const losses = new Map<string, { readonly undoing: Undoing; readonly again: LineBalance; readonly size: number }[]>();
  const repaired = new Map<Undoing, Set<string>>();
  return {
    open: (undoing, lost) => {
      for (const [path, balance] of lost) {
        const here = losses.get(path) ?? [];
        // Whatever takes back the opposite of the loss brings it back.
        here.push({ undoing, again: minus(new Map(), balance), size: sizeOf(balance) });
        losses.set(path, here);
      }
    },
    note: (path, sides) => {
      for (const { undoing, again, size } of losses.get(path) ?? []) {
        const { removed, restored } = inverseOf(again, sides);
        if (removed + restored < Math.max(1, REPAIRED * size)) continue;
        repaired.set(undoing, (repaired.get(undoing) ?? new Set()).add(path));
      }
    },
    leftOf: (undoing) => {
      const files = undoing.files.filter(({ path }) => !repaired.get(undoing)?.has(path));
      return files.length === 0 ? [] : [{ ...undoing, files }];
    },
  };
}
