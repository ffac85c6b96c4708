import type { Hunk } from './touched-file.ts';

/** Nine digits are more lines than any file that git compares. */
const HEADER = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

/** What a line `@@ -9,7 +9,8 @@` of a patch says, as it stands there: context lines, where there are any, count. Null for any other line. */
export function readHunkHeader(line: string): Hunk | null {
  const header = HEADER.exec(line);
  if (header === null) return null;
  const [, oldStart, oldLines = 1, newStart, newLines = 1] = header;
  return {
    oldStart: Number(oldStart),
    oldLines: Number(oldLines),
    newStart: Number(newStart),
    newLines: Number(newLines),
  };
}
