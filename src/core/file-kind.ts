/** What the file system tells of a path: `fs.Stats`. */
interface FileFacts {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

/**
 * What stands in the place of a regular file, in words: `a folder`; null for one. Whoever opens a pipe waits until
 * somebody opens its other end, and a device may never come to an end: neither is to be opened unasked.
 */
export function otherThanFile(found: FileFacts): string | null {
  if (found.isFile()) return null;
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a named pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}

/**
 * The same for a path that somebody typed, who may mean the pipe that the shell made for it: `/dev/stdin`, `<(command)`. Its
 * other end is open already.
 */
export const otherThanInput = (path: string, found: FileFacts): string | null =>
  found.isFIFO() && /^\/(?:dev\/(?:fd\/|std(?:in|out|err)$)|proc\/(?:self|\d+)\/fd\/)/.test(path)
    ? null
    : otherThanFile(found);
