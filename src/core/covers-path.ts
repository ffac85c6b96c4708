import { compileGlob } from './glob.ts';

/**
 * Whether files lie where a pattern says: the file itself, a folder above it (`src` or `src/`), or a glob of either (`glob.ts`). To be
 * compiled once for many files.
 */
export function coversPath(written: string): (path: string) => boolean {
  const pattern = written.replace(/\/$/, '');
  if (!/[*?]/.test(pattern)) return (path) => path === pattern || path.startsWith(`${pattern}/`);
  // Whatever covers a folder covers all in it; with something below it, a file is a folder like any other.
  const fits = compileGlob(`${pattern}/**`);
  return (path) => fits(`${path}/x`);
}
