import { loginKey } from './past-change.ts';
import type { Eligibility, Ineligible } from './review-facts.ts';

/**
 * How somebody stands in a choice, as one reader may know it.
 *
 * An absence is told to nobody but the person, so it must not be what is left when everything else is ruled out. Having no room
 * is no cover: all can count what waits, and who has just come back is full with less. Being passed over is one, because that also
 * depends on hours of work that are not shown. So where others were passed over, who is away or full is told as one of them, with
 * the same words and figures. Where nobody was, both are told alike, without figures of load: `not_available`.
 */
export type Told =
  | { readonly kind: 'chosen' }
  | { readonly kind: 'passed_over' }
  | { readonly kind: 'not_available' }
  /** `away` and `at_capacity` are among them for the person alone. */
  | { readonly kind: 'not_eligible'; readonly reasons: readonly Ineligible[] };

interface TellingOptions {
  readonly chosen: readonly string[];
  /** Login of the only reader; null for many. */
  readonly viewer: string | null;
}

/** What may be told of each, in the order given. */
export function tellReasons(eligibilities: readonly Eligibility[], options: TellingOptions): ReadonlyMap<string, Told> {
  const chosen = new Set(options.chosen.map(loginKey));
  const viewer = options.viewer === null ? null : loginKey(options.viewer);
  const isPassedOver = ({ login, isEligible }: Eligibility): boolean => isEligible && !chosen.has(loginKey(login));
  // Whom the reader knows to be no cover for the others: the reader's own standing.
  const hasCover = eligibilities.some((one) => isPassedOver(one) && loginKey(one.login) !== viewer);
  return new Map(
    eligibilities.map((one) => {
      if (chosen.has(loginKey(one.login))) return [one.login, { kind: 'chosen' }];
      const isOwn = loginKey(one.login) === viewer;
      return [one.login, isOwn ? toldToOneself(one) : toldToOthers(one, hasCover)];
    }),
  );
}

function toldToOneself(eligibility: Eligibility): Told {
  return eligibility.isEligible ? { kind: 'passed_over' } : { kind: 'not_eligible', reasons: eligibility.reasons };
}

function toldToOthers(eligibility: Eligibility, hasCover: boolean): Told {
  const isPassing = (reason: Ineligible): boolean => reason === 'away' || reason === 'at_capacity';
  const reasons = eligibility.isEligible ? [] : eligibility.reasons.filter((reason) => !isPassing(reason));
  if (reasons.length > 0) return { kind: 'not_eligible', reasons };
  return { kind: eligibility.isEligible || hasCover ? 'passed_over' : 'not_available' };
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
