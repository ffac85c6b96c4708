import { baseSpan } from './base-lines.ts';
import type { FileHistory } from './conflict-history.ts';
import type { HunkContact } from './hunk-contact.ts';
import type { FileMeeting } from './overlap.ts';
import type { Hunk } from './touched-file.ts';

/** How two changes meet in one file, with the lines, counted in their common base. */
export function describeMeeting({ path, kind, contact }: FileMeeting): string {
  switch (kind) {
    case 'content':
      return contact === null ? `both change ${path}` : describeContact(path, contact);
    case 'add/add':
      return `both put a file at ${path}`;
    case 'add/modify':
      return `one puts a file at ${path}, where the other changes one`;
    case 'modify/delete':
      return `one deletes ${path}, the other changes it`;
    case 'rename/delete':
      return `one deletes ${path}, the other renames it`;
    case 'rename/rename':
      return `both rename ${path}, to different names`;
    case 'file/directory':
      return `one puts a file at ${path}, where the other has a directory`;
    case 'file location':
      return `one adds ${path} to a directory that the other renames`;
    case 'unseen':
      return `both change ${path}, whose lines are not shown`;
    case 'harmless':
      return `both do the same to ${path}`;
  }
}

function describeContact(path: string, { touching, alike, gap }: HunkContact): string {
  const [first, ...more] = touching;
  if (first !== undefined) return `both change ${placeOf(first)} of ${path}${inWordsMore(more.length)}`;
  const [same, ...others] = alike;
  if (same !== undefined) {
    const places = `both change ${placeOf(same)} of ${path}${inWordsMore(others.length)} to as many lines`;
    return alike.every(hasOneDigest) ? `${places}: perhaps the same change` : places;
  }
  if (gap === Number.POSITIVE_INFINITY) return `both touch ${path}, but not its lines`;
  return `${gap} unchanged ${gap === 1 ? 'line lies' : 'lines lie'} between the changes of ${path}`;
}

/** Where nobody read the lines put in, nothing is said of what they are. */
const hasOneDigest = ([one, other]: readonly [Hunk, Hunk]): boolean =>
  one.digest !== undefined && one.digest === other.digest;

const inWordsMore = (places: number): string =>
  places === 0 ? '' : ` and ${places} more ${places === 1 ? 'place' : 'places'}`;

/** The lines that either side replaces; where neither does, the line that both insert after. */
function placeOf([one, other]: readonly [Hunk, Hunk]): string {
  const spans = [baseSpan(one), baseSpan(other)];
  const from = Math.min(...spans.map(({ start }) => start)) + 1;
  const to = Math.max(...spans.map(({ end }) => end));
  if (to < from) return to === 0 ? 'the beginning' : `the place after line ${to}`;
  return from === to ? `line ${from}` : `lines ${from}–${to}`;
}

/** What is known of a file's earlier merges; the weights of old ones make them no whole numbers. */
export function describeHistory(path: string, { conflicts, merges }: FileHistory): string {
  return `of ${inTenths(merges)} earlier merges of ${path}, old ones counted for less, ${inTenths(conflicts)} conflicted`;
}

const inTenths = (count: number): string => String(Math.round(count * 10) / 10);
