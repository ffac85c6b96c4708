import type { ChangedFile } from './base-line.ts';

/** What happened to each file so far, the oldest first. A renamed file keeps its past. */
export interface FileTimelines<T> {
  readonly of: (file: Pick<ChangedFile, 'path' | 'oldPath'>) => T[];
}

export function fileTimelines<T>(): FileTimelines<T> {
  const timelines = new Map<string, T[]>();
  return {
    of: ({ path, oldPath }) => {
      const timeline = timelines.get(oldPath ?? path) ?? timelines.get(path) ?? [];
      timelines.set(path, timeline);
      return timeline;
    },
  };
}
