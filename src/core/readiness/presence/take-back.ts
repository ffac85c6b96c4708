import type { ChangedFile, LineId, TextHunk } from './base-line.ts';
import {
  addTo,
  inverseOf,
  type LineBalance,
  minus,
  type Sides,
  sidesOf,
  sizeOf,
  sumOf,
  takenBack,
} from './line-balance.ts';

/** One earlier step's change of a file. */
export interface Touch {
  readonly step: number;
  readonly balance: LineBalance;
  /** The contents before it; null where there was no such file. */
  readonly before: string | null;
  readonly hasText: boolean;
}

/** How a step puts a file back to where it stood before its latest touches. */
export interface TakeBack {
  /** The touches that are gone, the oldest first. */
  readonly touches: readonly Touch[];
  /** Whether the contents are those from before, to the byte. */
  readonly isExact: boolean;
  /** Places of the step's difference that put it back. */
  readonly hunks: readonly TextHunk[];
}

/** So much of what the touches did has to be gone, and so much of each place has to be nothing but that. */
const WHOLE = 0.85;
const PURE = 0.8;
/** So many touches before are looked at. */
const DEEPEST = 40;

/**
 * Whether a step puts a file back to an earlier version, apart
 * from changes of its own at other places. A version that is copied over the present one takes back every touch since; a
 * change of mind about one of them leaves the others alone, and a rewrite takes other lines with it.
 */
export function findTakeBack(file: ChangedFile, timeline: readonly Touch[]): TakeBack | null {
  if (file.hunks === null) return sameContents(file, timeline);
  const first = earliest(sidesOf(file.hunks), timeline);
  if (first === null) return null;
  const touches = timeline.slice(first);
  const gone = sumOf(touches.map(({ balance }) => balance));
  const hunks = pureHunks(file.hunks, gone);
  const pure = inverseOf(gone, sidesOf(hunks));
  if (pure.removed + pure.restored < PURE * sizeOf(gone)) return null;
  return { touches, hunks, isExact: touches[0]?.before === file.after };
}

/** Files without text: back only where the contents are the same. */
function sameContents(file: ChangedFile, timeline: readonly Touch[]): TakeBack | null {
  const at = timeline.findIndex(({ before, hasText }) => !hasText && before === file.after);
  return at < 0 || file.after === null ? null : { touches: timeline.slice(at), hunks: [], isExact: true };
}

/** The place of the earliest touch from which on all are taken back. */
function earliest(sides: Sides, timeline: readonly Touch[]): number | null {
  const since = new Map<LineId, number>();
  let [best, most]: [number | null, number] = [null, 0];
  for (let at = timeline.length - 1; at >= Math.max(0, timeline.length - DEEPEST); at -= 1) {
    addTo(since, timeline[at]?.balance ?? new Map());
    const { removed, restored } = inverseOf(since, sides);
    const lines = removed + restored;
    if (lines >= WHOLE * sizeOf(since) && lines > most) [best, most] = [at, lines];
  }
  return best;
}

/** Each line counts once, at the first place that has it. */
function pureHunks(hunks: readonly TextHunk[], gone: LineBalance): readonly TextHunk[] {
  let left = gone;
  return hunks.filter((hunk) => {
    const sides = sidesOf([hunk]);
    const taken = takenBack(left, sides);
    const lines = sizeOf(taken);
    if (lines === 0 || lines < PURE * (sizeOf(sides.removed) + sizeOf(sides.added))) return false;
    left = minus(left, taken);
    return true;
  });
}
