/** How often changes of one file met other changes of it, and how often they conflicted; each meeting loses weight with age. */
export interface FileHistory {
  /** Weighted number of meetings that ended in a conflict in this file. */
  readonly conflicts: number;
  /** Weighted number of all meetings, those with a conflict among them. */
  readonly merges: number;
}

/** Of one repository, by path at the time of the merge. */
export type ConflictHistory = ReadonlyMap<string, FileHistory>;

/** One time that two changes of a file were merged. */
export interface FileMerge {
  readonly path: string;
  readonly at: string;
  readonly conflicted: boolean;
}

/** After so many days a merge counts half: files calm down, hot ones are rewritten. Assumed, not fitted. */
const HALF_LIFE_DAYS = 180;
const DAY_MS = 86_400_000;

/** What the merges before `now` say; later ones are left out. */
export function buildConflictHistory(merges: readonly FileMerge[], now: string): ConflictHistory {
  const history = new Map<string, FileHistory>();
  for (const { path, at, conflicted } of merges) {
    const ageDays = (Date.parse(now) - Date.parse(at)) / DAY_MS;
    if (!(ageDays > 0)) continue;
    const weight = 0.5 ** (ageDays / HALF_LIFE_DAYS);
    const known = history.get(path) ?? { conflicts: 0, merges: 0 };
    history.set(path, {
      conflicts: known.conflicts + (conflicted ? weight : 0),
      merges: known.merges + weight,
    });
  }
  return history;
}

/** Share of conflicts among a file's merges, from 0 to 1, drawn towards 0 while there are few. */
export function conflictRate({ conflicts, merges }: FileHistory): number {
  return conflicts / (merges + CAUTION);
}

/** As if so many merges without a conflict had been seen. */
const CAUTION = 3;
