import { contactOf } from './hunk-contact.ts';
import type { Meeting, MetFile } from './meetings.ts';
import { type LineRange, pairKey } from './pair-risk.ts';
import type { ReadFiles } from './read-files.ts';
import type { TouchedFile } from './touched-file.ts';

interface InheritFacts {
  /** By name, all that a change stands on. */
  readonly below: ReadonlyMap<string, readonly string[]>;
  readonly files: ReadFiles;
}

/**
 * The meetings with the files in which they are more than the stack's: a dependent holds the commits of what it stands on, and
 * conflicts wherever those do. Redone once below, it merges clean. A file is inherited where somebody below meets the same
 * other there, over the same lines, and what the dependent itself does to it touches nothing of the other's. What
 * nobody can tell stays. A meeting of which no file is left is left out.
 */
export function withoutInherited(meetings: readonly Meeting[], { below, files }: InheritFacts): readonly Meeting[] {
  const byPair = new Map(meetings.map((meeting) => [pairKey(meeting.a, meeting.b), meeting]));
  const filesAt = new Map<Meeting, ReadonlyMap<string, MetFile>>();
  const fileOf = (meeting: Meeting, path: string): MetFile | undefined => {
    const byPath = filesAt.get(meeting) ?? new Map(meeting.files.toReversed().map((file) => [file.path, file]));
    filesAt.set(meeting, byPath);
    return byPath.get(path);
  };
  return meetings.flatMap((meeting): readonly Meeting[] => {
    const sides = [
      [meeting.a, meeting.b],
      [meeting.b, meeting.a],
    ].flatMap(([own = '', other = '']) => {
      const lower = (below.get(own) ?? []).flatMap((on) => byPair.get(pairKey(on, other)) ?? []);
      return lower.length === 0 ? [] : [{ own, other, lower }];
    });
    if (sides.length === 0) return [meeting];
    const isInherited = (file: MetFile): boolean =>
      sides.some(
        ({ own, other, lower }) =>
          lower.some((one) => isSame(fileOf(one, file.path), file)) &&
          !addsTo(file, files.met(own, other, file.path), files.met(other, own, file.path)),
      );
    const left = meeting.files.filter((file) => !isInherited(file));
    if (left.length === meeting.files.length) return [meeting];
    return left.length === 0 ? [] : [{ ...meeting, files: left }];
  });
}

/** Whether a meeting below has the file too: one that was tried over all of the lines, and as the same kind of conflict. */
function isSame(same: MetFile | undefined, { found }: MetFile): boolean {
  if (same === undefined || found === null) return same !== undefined;
  return same.found?.kind === found.kind && found.ranges.every((range) => isWithin(range, same.found?.ranges ?? []));
}

const isWithin = ({ from, to }: LineRange, ranges: readonly LineRange[]): boolean =>
  ranges.some((range) => range.from <= from && to <= range.to);

type Met = readonly { readonly whole: TouchedFile; readonly own: TouchedFile | null }[];

/** Whether the dependent does something to the file itself that may meet the other's part of it. */
function addsTo({ found }: MetFile, ours: Met, theirs: Met): boolean {
  if (ours.length === 0) return true;
  const hasLines = found === null || found.ranges.length > 0;
  return ours.some(({ whole, own }) => {
    if (own === null) return false;
    // Nothing of it is known to be of the stack, or the conflict is about the file and not about lines.
    if (own === whole || !hasLines) return true;
    return theirs.some(
      (their) => own.hunks === null || their.whole.hunks === null || touches(own.hunks, their.whole.hunks),
    );
  });
}

const touches = (...[ours, theirs]: Parameters<typeof contactOf>): boolean =>
  contactOf(ours, theirs).touching.length > 0;
