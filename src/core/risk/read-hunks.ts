import { readHunkHeader } from './hunk-header.ts';
import { digestOfLines } from './hunks-of-patch.ts';
import type { Hunk, TouchedFile } from './touched-file.ts';

/**
 * Gives the files of a raw diff their hunks, from the patch (`-p -U0`) of the same two trees: both list the same files in
 * the same order, so the patch's own, quoted paths are never read. A change of type stands there twice, taken out and put
 * in. Null hunks where the patch shows none although the content differs: binary, too large, or cut off.
 */
export function withHunks(files: readonly TouchedFile[], patch: string): readonly TouchedFile[] {
  const sections = sectionsOf(patch);
  let at = 0;
  return files.map((file) => {
    const count = file.status === 'type_changed' ? 2 : 1;
    const own = sections.slice(at, at + count);
    at += count;
    return { ...file, hunks: own.length < count ? null : hunksOf(own) };
  });
}

/** The lines of each file. A line of content begins with `+`, `-`, a space or `\`, so no content can look like a header. */
function sectionsOf(patch: string): readonly (readonly string[])[] {
  const sections: string[][] = [];
  for (const line of patch.split('\n')) {
    if (line.startsWith('diff --git ')) sections.push([]);
    else if (!/^[- \\]/.test(line)) sections.at(-1)?.push(line);
  }
  return sections;
}

function hunksOf(sections: readonly (readonly string[])[]): readonly Hunk[] | null {
  if (sections.flat().some((line) => line.startsWith('Binary files ') || line === 'GIT binary patch')) return null;
  return sections.flatMap((lines) =>
    lines.flatMap((line, at) => {
      const hunk = readHunkHeader(line);
      return hunk === null ? [] : withDigest(hunk, lines.slice(at + 1, at + 1 + hunk.newLines));
    }),
  );
}

/** Lines put in follow their header; fewer of them than it says were cut off. */
function withDigest(hunk: Hunk, added: readonly string[]): Hunk {
  const isWhole = hunk.newLines > 0 && added.length === hunk.newLines && added.every((line) => line.startsWith('+'));
  return isWhole ? { ...hunk, digest: digestOfLines(added) } : hunk;
}
