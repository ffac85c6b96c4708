import { regeneratedBy } from '../../risk/regenerated-files.ts';

/** Pictures of output, recordings of tests, and what a build writes: they go back and forth with what they show. */
const GENERATED =
  /(?:\.(?:svg|snap|golden|map|min\.js|min\.css)|\.(?:pb|generated|g)\.[a-z]+|\.lock)$|(?:^|\/)(?:goldens?|__snapshots__|dist|vendor|node_modules)\//i;

/** Files whose lines say nothing about what somebody did: lockfiles, changelogs, generated ones, and what `ignore` covers. */
export function generatedBy(ignore: readonly string[]): (path: string) => boolean {
  const isRegenerated = regeneratedBy(ignore);
  return (path) => GENERATED.test(path) || isRegenerated(path);
}
