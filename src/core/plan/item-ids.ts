import { shortHash } from '../short-hash.ts';

/** Words of ids: ASCII letters, digits and dashes. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');

/** `checkPlan` takes ids of at most 80 characters; the rest is room for the number of a second one. */
const LONGEST = 74;

/**
 * Gives each asked id once; a second one like it gets a number. One that is too long for a plan ends in a hash of all of
 * it, so that it differs from others that begin alike and is the same in every plan.
 */
export function createItemIds(): (wanted: string) => string {
  const given = new Set<string>();
  return (wanted) => {
    const short = wanted.length <= LONGEST ? wanted : `${wanted.slice(0, LONGEST - 9)}-${shortHash(wanted)}`;
    let id = short;
    for (let n = 2; given.has(id); n += 1) id = `${short}-${n}`;
    given.add(id);
    return id;
  };
}
