import { editDistance } from '../nearest-name.ts';
import type { OpenChange } from './open-change.ts';

type Named = Pick<OpenChange, 'name' | 'headSha'>;

/** A hint names so many at most. */
const MOST = 3;
/** Shorter beginnings are those of anything. */
const LEAST_DIGITS = 3;

/**
 * Whom somebody may have meant by a word that is nobody's name, the likeliest first, three at most: whose commit begins with
 * it; then whose name is nearly it, by a letter in three put in, left out or changed, capitals aside; then whose name holds it.
 */
export function likelyHeads<Head extends Named>(word: string, heads: readonly Head[]): readonly Head[] {
  const meant = word.toLowerCase();
  const isId = meant.length >= LEAST_DIGITS && /^[0-9a-f]+$/.test(meant);
  const near = Math.max(1, Math.floor(meant.length / 3));
  const rankOf = ({ name, headSha }: Head): number => {
    if (isId && headSha.startsWith(meant)) return 0;
    const called = name.toLowerCase();
    const isOfLength = Math.abs(called.length - meant.length) <= near;
    const distance = isOfLength ? editDistance(called, meant) : Number.POSITIVE_INFINITY;
    if (distance <= near && distance < meant.length) return distance;
    return meant.length >= LEAST_DIGITS && called.includes(meant) ? meant.length : Number.POSITIVE_INFINITY;
  };
  return heads
    .map((head) => ({ head, rank: rankOf(head) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ head }) => head);
}
