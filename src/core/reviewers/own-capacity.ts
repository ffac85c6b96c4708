import { loginKey } from './past-change.ts';
import type { Learned, Reviewer } from './review-facts.ts';

/** How many requests may wait for somebody: as that person said, else as all may know. For choosing, and for nobody to read. */
export const capacityInForce = ({ capacity, ownCapacity }: Pick<Reviewer, 'capacity' | 'ownCapacity'>): number =>
  ownCapacity ?? capacity.value;

/** What a reader is told of it: of others only what the configuration or the past says. `viewer` is null for many readers. */
export function capacityToldTo(
  viewer: string | null,
  { login, capacity, ownCapacity }: Pick<Reviewer, 'login' | 'capacity' | 'ownCapacity'>,
): Learned<number> {
  const isOwn = viewer !== null && loginKey(viewer) === loginKey(login);
  return isOwn && ownCapacity !== null ? { value: ownCapacity, basis: 'said' } : capacity;
}
