import type { ImportedName } from './imported-name.ts';

/** Where an import leads: to files of the repository, out of it, or nowhere that could be found. */
export type Resolution = readonly string[] | 'external' | 'unresolved';

/** Finds what a name means in the file that imports it. */
export type Resolver = (imported: ImportedName, importer: string) => Resolution;

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Joins and tidies; null for what leads out of the repository. */
export function joinPath(folder: string, relative: string): string | null {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
