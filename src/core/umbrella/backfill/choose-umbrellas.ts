import { placeOf } from './timeline.ts';

/** So few come into question for each task that a history of 10,000 is ranked in seconds. */
const NEAREST = { plain: 25, other: 10 };
const MOST_ALIKE = { plain: 10, other: 10 };
const MAX_EQUAL = 100;

/** Umbrellas by place, of one kind, those with a time first and in its order. */
export interface UmbrellaKind {
  readonly name: 'plain' | 'other';
  readonly places: readonly number[];
  /** When each of them was created, in seconds; infinite when it is not known. */
  readonly moments: readonly number[];
}

/** The places of the umbrellas that come into question: the nearest in time and the most alike, of each kind. */
export function chooseUmbrellas(
  created: number | null,
  shares: Float64Array,
  kinds: readonly UmbrellaKind[],
): readonly number[] {
  const chosen = kinds.flatMap((kind) => [...nearestPlaces(created, kind), ...mostAlike(shares, kind)]);
  return [...new Set(chosen)].sort((one, other) => one - other);
}

function nearestPlaces(created: number | null, { name, places: all, moments }: UmbrellaKind): readonly number[] {
  if (created === null) return [];
  const distance = (at: number): number => Math.abs((moments[at] ?? Number.POSITIVE_INFINITY) - created);
  const places: number[] = [];
  let after = placeOf(moments, created);
  let before = after - 1;
  for (let reach = 0; places.length < MAX_EQUAL; ) {
    const [next, other] = distance(after) < distance(before) ? [after, before] : [before, after];
    if (!Number.isFinite(distance(next)) || (places.length >= NEAREST[name] && distance(next) > reach)) break;
    reach = distance(next);
    places.push(all[next] ?? 0);
    if (next > other) after += 1;
    else before -= 1;
  }
  return places;
}

function mostAlike(shares: Float64Array, { name, places }: UmbrellaKind): readonly number[] {
  const highest = highestOf(shares, places, MOST_ALIKE[name]);
  const least = highest[MOST_ALIKE[name] - 1] ?? 0;
  const alike = places.filter((place) => (shares[place] ?? 0) > 0 && (shares[place] ?? 0) >= least);
  return alike.sort((one, other) => (shares[other] ?? 0) - (shares[one] ?? 0)).slice(0, MAX_EQUAL);
}

/** At most `count` of the shares, the highest first: sorting all of them for each task would take most of the time. */
function highestOf(shares: Float64Array, places: readonly number[], count: number): readonly number[] {
  const highest: number[] = [];
  for (const place of places) {
    const share = shares[place] ?? 0;
    if (share <= (highest[count - 1] ?? 0)) continue;
    const at = highest.findIndex((other) => other < share);
    highest.splice(at < 0 ? highest.length : at, 0, share);
    if (highest.length > count) highest.pop();
  }
  return highest;
}
