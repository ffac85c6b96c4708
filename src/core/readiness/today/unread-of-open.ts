import type { Gap } from '../../reading.ts';
import type { WorkSnapshot } from '../../umbrella/snapshot.ts';

/**
 * What could not be read of reviews and checks of open pull requests, one gap for each cause and permission: nobody knows
 * then which of them only wait to be merged.
 */
export function unreadOfOpen({ pullRequests }: Pick<WorkSnapshot, 'pullRequests'>): readonly Gap[] {
  const open = [...pullRequests.values()].filter(({ state, isDraft }) => state === 'open' && !isDraft);
  const readings = open.flatMap(({ reviews, checks }) => [reviews, checks]);
  const groups = new Map<string, { readonly first: Gap; readonly count: number }>();
  for (const reading of readings) {
    if (reading.known) continue;
    const key = JSON.stringify([reading.gap.cause, reading.gap.permission]);
    const { first = reading.gap, count = 0 } = groups.get(key) ?? {};
    groups.set(key, { first, count: count + 1 });
  }
  return [...groups.values()].map(({ first, count }) =>
    count === 1 ? first : { ...first, what: `${first.what} and ${count - 1} more` },
  );
}
