import type { ChangedFile } from './base-line.ts';
import { fileTimelines } from './file-timelines.ts';
import { inverseOf, type LineBalance, sidesOf, sizeOf, sumOf, takenBack } from './line-balance.ts';
import type { NetChange } from './net-change.ts';
import { repairBook } from './repair-book.ts';
import { findTakeBack, type TakeBack, type Touch } from './take-back.ts';
import type { Undoing, UndoneFile } from './undoing.ts';

/** So much of one earlier step's change of a file has to be gone for that step to count. */
const OF_ONE = 0.5;
/** Every undoing on the way of a base that nothing later made good again; `changes` are those of its steps, in order. */
export function findUndoings(changes: readonly NetChange[]): readonly Undoing[] {
  const timelines = fileTimelines<Touch>();
  const repairs = repairBook();
  const found: Undoing[] = [];
  for (const [index, change] of changes.entries()) {
    for (const { path, hunks } of change.files) repairs.note(path, sidesOf(hunks ?? []));
    const backs = change.files.map((file) => findTakeBack(file, timelines.of(file)));
    for (const { undoing, lost } of gather({ index, backs, changes })) {
      found.push(undoing);
      repairs.open(undoing, lost);
    }
    for (const file of change.files) {
      const touch = { step: index, balance: change.of(file), before: file.before, hasText: file.hunks !== null };
      timelines.of(file).push(touch);
    }
  }
  return found.flatMap((undoing) => repairs.leftOf(undoing));
}

interface StepFacts {
  readonly index: number;
  readonly backs: readonly (TakeBack | null)[];
  readonly changes: readonly NetChange[];
}

interface Gathered {
  readonly undoing: Undoing;
  readonly lost: ReadonlyMap<string, LineBalance>;
}

interface Losses {
  readonly files: UndoneFile[];
  readonly lost: Map<string, LineBalance>;
}

function gather({ index, backs, changes }: StepFacts): readonly Gathered[] {
  const change = changes[index];
  if (change === undefined) return [];
  const byVictim = new Map<number, Losses>();
  let explained = 0;
  for (const [at, file] of change.files.entries()) {
    const back = backs[at];
    if (back === null || back === undefined) continue;
    const sides = sidesOf(file.hunks ?? []);
    explained += sizeOf(takenBack(sumOf(back.touches.map(({ balance }) => balance)), sides));
    for (const touch of back.touches) {
      const inverse = inverseOf(touch.balance, sides);
      if (touch.hasText && inverse.removed + inverse.restored < Math.max(1, OF_ONE * sizeOf(touch.balance))) continue;
      const known: Losses = byVictim.get(touch.step) ?? { files: [], lost: new Map() };
      byVictim.set(touch.step, known);
      known.files.push(describe(file, back, inverse));
      known.lost.set(file.path, takenBack(touch.balance, sides));
    }
  }
  const untouched = backs.filter((back) => back === null).length;
  return [...byVictim].map(([victim, { files, lost }]) => ({
    lost,
    undoing: {
      ...{ victim, by: index, files, victims: byVictim.size },
      share: share(files, changes[victim]?.size ?? 0),
      isAll: change.size <= explained && untouched === 0 && !change.hasOthers,
    },
  }));
}

const describe = (
  { path, after }: ChangedFile,
  { isExact, hunks }: TakeBack,
  { removed, restored }: { readonly removed: number; readonly restored: number },
): UndoneFile => ({
  ...{ path, removed, restored, isExact, isDeleted: after === null },
  places: hunks.map(({ oldStart, newStart }) => ({ before: oldStart, after: newStart })),
});

function share(files: readonly UndoneFile[], size: number): number {
  const lines = files.reduce((sum, { removed, restored }) => sum + removed + restored, 0);
  return size === 0 ? 1 : Math.min(1, lines / size);
}
