import type { LineId } from './base-line.ts';
import { fileTimelines } from './file-timelines.ts';
import type { NetChange } from './net-change.ts';

interface Alive {
  readonly step: number;
  readonly put: ReadonlyMap<LineId, number>;
  /** Lines that the step put into the file and that are still there. */
  readonly lines: Map<LineId, number>;
}

/** So much of what a step put in has to be gone. */
const HALF = 0.5;
/** So many earlier changes of a file are looked at, and so many later steps are named. */
const DEEPEST = 40;
const MOST_NAMED = 3;

/** Who took out at least half of the lines that a step had put in: the steps that took most, none where more is left. */
export function findLosses(changes: readonly NetChange[]): (place: number) => readonly number[] {
  const timelines = fileTimelines<Alive>();
  const put = new Map<number, number>();
  const left = new Map<number, number>();
  const losses = new Map<number, Map<number, number>>();
  for (const [step, change] of changes.entries()) {
    for (const file of change.files) {
      const timeline = timelines.of(file);
      const net = change.of(file);
      for (const alive of timeline.slice(-DEEPEST)) {
        const lost = takeOut(alive.lines, net);
        if (lost > 0) note(losses, alive.step, step, lost);
        left.set(alive.step, (left.get(alive.step) ?? 0) + bringBack(alive, net) - lost);
      }
      const lines = new Map([...net].filter(([, by]) => by > 0));
      const count = [...lines.values()].reduce((sum, by) => sum + by, 0);
      put.set(step, (put.get(step) ?? 0) + count);
      left.set(step, (left.get(step) ?? 0) + count);
      if (lines.size > 0) timeline.push({ step, put: new Map(lines), lines });
    }
  }
  return (place) => {
    const by = [...(losses.get(place) ?? [])].sort(([a, x], [b, y]) => y - x || b - a);
    const lost = (put.get(place) ?? 0) - (left.get(place) ?? 0);
    return lost > 0 && lost >= HALF * (put.get(place) ?? 0) ? by.slice(0, MOST_NAMED).map(([step]) => step) : [];
  };
}

function takeOut(lines: Map<LineId, number>, net: ReadonlyMap<LineId, number>): number {
  let lost = 0;
  for (const line of [...(lines.size < net.size ? lines : net).keys()]) {
    const [there, change] = [lines.get(line) ?? 0, net.get(line) ?? 0];
    if (there <= 0 || change >= 0) continue;
    const taken = Math.min(there, -change);
    lost += taken;
    if (taken === there) lines.delete(line);
    else lines.set(line, there - taken);
  }
  return lost;
}

/** Lines that were lost and are put in again. */
function bringBack({ put, lines }: Alive, net: ReadonlyMap<LineId, number>): number {
  let back = 0;
  for (const [line, count] of put) {
    const more = Math.min(count - (lines.get(line) ?? 0), Math.max(0, net.get(line) ?? 0));
    if (more <= 0) continue;
    back += more;
    lines.set(line, (lines.get(line) ?? 0) + more);
  }
  return back;
}

function note(losses: Map<number, Map<number, number>>, victim: number, step: number, lines: number): void {
  const by = losses.get(victim) ?? new Map<number, number>();
  losses.set(victim, by.set(step, (by.get(step) ?? 0) + lines));
}
