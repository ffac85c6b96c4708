import type { RepositoryRef } from './task/identity.ts';

/**
 * A fact that may not have been readable. "Nothing there" is a known value (an empty list, `none`); "could not be read"
 * is unknown, carries its reason, and never passes as good.
 */
export type Reading<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly gap: Gap };

export type GapCause =
  | 'forbidden'
  | 'truncated'
  | 'rate_limited'
  | 'unavailable'
  | 'no_clone'
  | 'not_supported'
  | 'invalid';

/**
 * One thing that could not be read, and what would make it readable. `invalid`: it was read, and is not what it should
 * be, so that nobody knows what was meant. `no_clone`: only a clone can tell, and none is there that has it.
 */
export interface Gap {
  readonly cause: GapCause;
  /** What is missing, in words: `checks of octo/harbor#12`. */
  readonly what: string;
  /** The one repository that it is about; where it is absent, the words name those that there are. */
  readonly repository?: RepositoryRef;
  /** The permission that would help, as GitHub names it: `checks: read`. */
  readonly permission?: string;
  /** What makes it readable, or mends it, where that is no permission: "leave `clone: none` out". */
  readonly help?: string;
  /** Only where it is the configuration itself: then nobody can tell what is wanted here. */
  readonly about?: 'configuration';
}

export const known = <T>(value: T): Reading<T> => ({ known: true, value });
export const unknown = (gap: Gap): Reading<never> => ({ known: false, gap });

/** The value when known, otherwise `fallback`: only for places where the gap is reported elsewhere. */
export const valueOr = <T>(reading: Reading<T>, fallback: T): T => (reading.known ? reading.value : fallback);
