import type { RepositoryRecord } from '../world.ts';

/** GraphQL's integers end at 2^31 - 1, and the issues after the highest number need some, too. */
const HIGHEST = 2_000_000_000;

/**
 * Ids that people would take for an issue's number (`42`, `#42`), with that number: such a task gets it, so that both
 * mean the same issue. Of several that name one number the first gets it.
 */
export function reservedNumbers(ids: readonly string[]): ReadonlyMap<string, number> {
  const idsByNumber = new Map<number, string>();
  for (const id of ids) {
    const number = Number(/^#?(\d+)$/.exec(id)?.[1] ?? 0);
    if (number > 0 && number <= HIGHEST && !idsByNumber.has(number)) idsByNumber.set(number, id);
  }
  return new Map([...idsByNumber].map(([number, id]) => [id, number]));
}

/** The next number of a repository that no id has reserved. */
export function freeNumber({ nextNumber }: RepositoryRecord, reserved: ReadonlyMap<string, number>): number {
  const taken = new Set(reserved.values());
  let number = nextNumber;
  while (taken.has(number)) number += 1;
  return number;
}
