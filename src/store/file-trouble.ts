/** The system's own code of a failure (`EACCES`, `ENOSPC`); null for a failure that is none of the system's. */
export const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

/** What is in the way of a file or folder, in words. Throws what is none of the file system's: that is a bug. */
export function fileTrouble(path: string, cause: unknown): string {
  const errno = errnoOf(cause);
  if (errno === null) throw cause;
  return `${path}: ${WORDS[errno] ?? 'the file system refuses it'} (${errno})`;
}

/** Source: errno(3). */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EDQUOT: 'the quota is used up',
  ENOTDIR: 'a file is in the place of a folder',
  ENOENT: 'there is no such folder',
  EISDIR: 'a folder is in its place',
};
