import type { ReadinessReport } from './report-schema.ts';

/** That an earlier report could not be compared with this one; null where it was, or where none was named. */
export function notCompared({ diff, scope }: ReadinessReport, previousName: string | undefined): string | null {
  if (previousName === undefined || diff !== null) return null;
  return `${previousName} is of another scope than ${scope.selector}, so nothing is said of what changed since.`;
}
