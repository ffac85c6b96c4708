import { type ConflictHistory, conflictRate } from './conflict-history.ts';
import type { HunkContact } from './hunk-contact.ts';
import type { FileMeeting, MeetingKind } from './overlap.ts';

/** What is weighed in one meeting; each is 0 where it does not apply and never makes a conflict less likely. */
export const MEETING_FEATURES = [
  'always',
  /** Hunks touch and differ. */
  'touching',
  /** Hunks touch only where they replace the same lines by as many. */
  'alike',
  /** One through the number of such lines in the whole pair: few are alike by chance, many because the change is the same. */
  'alikeByChance',
  /** 1 where hunks touch and differ, half where 5 unchanged lines lie between them. */
  'close',
  'addModify',
  'deletedOrMoved',
  /** One puts a file where the other has a directory, or into a directory that it renames; both add it, unseen. */
  'inTheWay',
  'unseen',
  /** Share of this file's earlier meetings that ended in a conflict. */
  'history',
] as const;

export type MeetingFeature = (typeof MEETING_FEATURES)[number];

const DELETED_OR_MOVED: ReadonlySet<MeetingKind> = new Set(['modify/delete', 'rename/delete', 'rename/rename']);
const IN_THE_WAY: ReadonlySet<MeetingKind> = new Set(['file/directory', 'file location']);
const HALF_AT_LINES = 5;

/** The features of each meeting of a pair, in the order of `MEETING_FEATURES`. */
export function featuresOfPair(meetings: readonly FileMeeting[], history: ConflictHistory): readonly Float64Array[] {
  const alikeLines = meetings.reduce((lines, { contact }) => lines + linesAlike(contact), 0);
  return meetings.map((meeting) => featuresOf(meeting, alikeLines, history));
}

function featuresOf({ path, kind, contact }: FileMeeting, alikeLines: number, history: ConflictHistory): Float64Array {
  const isTouching = contact !== null && contact.touching.length > 0;
  const isAlike = contact !== null && !isTouching && contact.alike.length > 0;
  const known = history.get(path);
  return Float64Array.of(
    1,
    flag(isTouching),
    flag(isAlike),
    isAlike ? 1 / alikeLines : 0,
    contact === null ? 0 : 1 / (1 + contact.gap / HALF_AT_LINES),
    flag(kind === 'add/modify'),
    flag(DELETED_OR_MOVED.has(kind)),
    flag(IN_THE_WAY.has(kind) || (kind === 'add/add' && contact === null)),
    flag(kind === 'unseen'),
    known === undefined ? 0 : conflictRate(known),
  );
}

const flag = (is: boolean): number => (is ? 1 : 0);

const linesAlike = (contact: HunkContact | null): number =>
  (contact?.alike ?? []).reduce((sum, [{ oldLines, newLines }]) => sum + Math.max(oldLines, newLines), 0);
