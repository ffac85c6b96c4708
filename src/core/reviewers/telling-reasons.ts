import { loginKey } from './past-change.ts';
import type { Eligibility, Ineligible } from './review-facts.ts';

/**
 * How somebody stands in a choice, as one reader may know it.
 *
 * An absence is told to nobody but the person, so it must not be what is left when everything else is ruled out. Room is seen by
 * all who count open requests, so "at capacity" hides nothing; being passed over for somebody who comes first does, because it
 * also depends on hours of work that are not shown. Where others were passed over, who is away is told as one of them, with
 * the same words and figures. Where nobody was, who is away and who has no room are told alike, without figures of load: `not_available`.
 */
export type Told =
  | { readonly kind: 'chosen' }
  | { readonly kind: 'passed_over' }
  | { readonly kind: 'not_available' }
  /** Only for the person: `away` among them. */
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
  const reasons = eligibility.isEligible ? [] : eligibility.reasons.filter((reason) => reason !== 'away');
  const lasting = reasons.filter((reason) => reason !== 'at_capacity');
  if (lasting.length > 0) return { kind: 'not_eligible', reasons: lasting };
  if (!hasCover && !eligibility.isEligible) return { kind: 'not_available' };
  return reasons.length > 0 ? { kind: 'not_eligible', reasons } : { kind: 'passed_over' };
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
