import type { DraftFile } from '../git/draft-repository.ts';

/**
 * Folders of one file that the base loses one after the other, and what heads do around one of them: put something into it,
 * change its file, copy it elsewhere, or change what the base has in its place into something alike.
 * git looks for renames anew in each merge, so any of these may change where another head's files go.
 */
type Files = Map<string, DraftFile>;
type Random = () => number;

export const GROUNDS = 40;
const LINES = 40;

const placeOf = (ground: number): string => `lost/ground-${ground}/file.txt`;
const gainedOf = (ground: number): string => `gained/ground-${ground}.txt`;

/** With its last lines in words of their own: the more of them, the less alike. */
function textOf(ground: number, otherLines = 0, words = ''): string {
  const line = (index: number): string =>
    `${index >= LINES - otherLines ? words : 'ground'} ${ground} ${(index * 7919) % 1009}\n`;
  return Array.from({ length: LINES }, (_, index) => line(index)).join('');
}

export const grounds = (): readonly (readonly [string, DraftFile])[] =>
  Array.from({ length: GROUNDS }, (_, ground) => [placeOf(ground), textOf(ground)] as const);

/** The base deletes it; or has something else as well; or moves it and has something else. */
export function loseGround(files: Files, ground: number): void {
  files.delete(placeOf(ground));
  if (ground % 3 > 0) files.set(gainedOf(ground), textOf(ground, LINES, 'gained'));
  if (ground % 3 === 2) files.set(`kept/ground-${ground}.txt`, textOf(ground, 14, 'kept'));
}

export function changeAround(files: Files, random: Random, ground: number): void {
  const unique = String(Math.floor(random() * 1e6));
  const [place, gained] = [placeOf(ground), gainedOf(ground)];
  const kind = random();
  if (files.has(place)) {
    if (kind < 0.6) files.set(`lost/ground-${ground}/added-${unique}.txt`, `added ${unique}\n`);
    else files.set(place, `changed to ${unique}\n${textOf(ground)}`);
  } else if (kind < 0.5 && files.has(gained)) files.set(gained, `like it ${unique}\n${textOf(ground)}`);
  else files.set(`copies/${unique}/file.txt`, `${textOf(ground)}copied ${unique}\n`);
}
