import { loginKey } from './past-change.ts';
import type { Eligibility, Ineligible } from './review-facts.ts';

/**
 * How somebody stands in a choice, as one reader may know it.
 *
 * An absence is told to nobody but the person, so it must not be what is left when everything else is ruled out. As long as
 * somebody is at a request, others come before whoever is away or full, as before everybody else: that also depends on hours of
 * work that are not shown, and all are told the same words and figures. Where nobody is, who has no room is told by figures that all
 * can read, away or not, and nobody else is available, without figures of load: who is away looks like who has said, for nobody to
 * see, that no more may wait for them.
 */
export type Told =
  | { readonly kind: 'chosen' }
  | { readonly kind: 'passed_over' }
  /** By what all may know, see `fullAsKnown`. */
  | { readonly kind: 'no_room' }
  | { readonly kind: 'not_available' }
  /** `away` and `at_capacity` are among them for the person alone. */
  | { readonly kind: 'not_eligible'; readonly reasons: readonly Ineligible[] };

interface TellingOptions {
  readonly chosen: readonly string[];
  /** Login of the only reader; null for many. */
  readonly viewer: string | null;
  /** Whether somebody is looked for, and nobody was found or is at it. */
  readonly isNobodyFound: boolean;
  /** Who has no room by what all may know, logins in lower case, see `fullAsKnown`. */
  readonly full: ReadonlySet<string>;
}

/** What may be told of each, in the order given. */
export function tellReasons(eligibilities: readonly Eligibility[], options: TellingOptions): ReadonlyMap<string, Told> {
  const chosen = new Set(options.chosen.map(loginKey));
  const viewer = options.viewer === null ? null : loginKey(options.viewer);
  return new Map(
    eligibilities.map((one) => {
      if (chosen.has(loginKey(one.login))) return [one.login, { kind: 'chosen' }];
      const isOwn = loginKey(one.login) === viewer;
      return [one.login, isOwn ? toldToOneself(one) : toldToOthers(one, options)];
    }),
  );
}

function toldToOneself(eligibility: Eligibility): Told {
  return eligibility.isEligible ? { kind: 'passed_over' } : { kind: 'not_eligible', reasons: eligibility.reasons };
}

function toldToOthers(eligibility: Eligibility, { isNobodyFound, full }: TellingOptions): Told {
  const isPassing = (reason: Ineligible): boolean => reason === 'away' || reason === 'at_capacity';
  const reasons = eligibility.isEligible ? [] : eligibility.reasons.filter((reason) => !isPassing(reason));
  if (reasons.length > 0) return { kind: 'not_eligible', reasons };
  if (!isNobodyFound) return { kind: 'passed_over' };
  return { kind: full.has(loginKey(eligibility.login)) ? 'no_room' : 'not_available' };
}

/** How many are told each thing, `author` or `not_available`; who has several reasons counts under the first of them. */
export function countTold(told: Iterable<Told>): ReadonlyMap<Told['kind'] | Ineligible, number> {
  const counts = new Map<Told['kind'] | Ineligible, number>();
  for (const one of told) {
    const name = one.kind === 'not_eligible' ? (one.reasons[0] ?? one.kind) : one.kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
