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
  shares: ReadonlyMap<number, number>,
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

function mostAlike(shares: ReadonlyMap<number, number>, { name, places }: UmbrellaKind): readonly number[] {
  const sorted = places
    .flatMap((place): readonly (readonly [number, number])[] => {
      const share = shares.get(place);
      return share === undefined ? [] : [[place, share]];
    })
    .sort(([, one], [, other]) => other - one);
  const least = sorted[MOST_ALIKE[name] - 1]?.[1] ?? 0;
  return sorted
    .filter(([, share]) => share >= least)
    .slice(0, MAX_EQUAL)
    .map(([place]) => place);
}
