import type { ReviewFigures } from '../../src/core/reviewers/simulation/review-figures.ts';
import type { REVIEW_RIVALS } from './review-rivals.ts';

export type PolicyName = 'ours' | keyof typeof REVIEW_RIVALS;

/** What a policy came to, seed by seed; seeds stand in the same order everywhere. */
export type Measured = readonly ReviewFigures[];

/** Everything measured of one world at one utilisation. */
export interface MeasuredWorld {
  readonly name: string;
  readonly utilisation: number;
  readonly known: Readonly<Record<PolicyName, Measured>>;
  /** Null where absences were not to be hidden. */
  readonly hidden: Readonly<Record<PolicyName, Measured>> | null;
  /** Ours with paces known to within a half, absences known; null where no noise was wanted. */
  readonly noisy: Measured | null;
}

export interface Interval {
  readonly mean: number;
  /** Half of the 95 % interval of the mean, by Student's t. */
  readonly half: number;
}

/** Student's t for 95 % by degrees of freedom. */
const STUDENT = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13];

export function intervalOf(values: readonly number[]): Interval {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, half: ((STUDENT[values.length - 2] ?? 2) * Math.sqrt(variance)) / Math.sqrt(values.length) };
}

type Figure = Exclude<keyof ReviewFigures, 'undone'>;

const meanOf = (measured: Measured, figure: Figure): number => intervalOf(measured.map((one) => one[figure])).mean;

/** Ours over a rival, seed by seed. */
const paired = (ours: Measured, rival: Measured, figure: Figure): Interval =>
  intervalOf(ours.map((one, seed) => one[figure] / (rival[seed]?.[figure] ?? Number.NaN)));

/**
 * Figures by their names: the world's in camel case, the utilisation in per cent, what it is. `GitHub` is the better of
 * GitHub's two; `…Upper` is the upper end of the paired-seed 95 % interval of a ratio.
 */
export function figuresOf(measured: MeasuredWorld): Readonly<Record<string, number>> {
  const { known, hidden, noisy } = measured;
  const { ours, whoDo, blameTop } = known;
  const overGitHub = (figure: Figure): number =>
    meanOf(ours, figure) / Math.min(meanOf(known.gitHubRoundRobin, figure), meanOf(known.gitHubLoadBalance, figure));
  const [p95, breach] = [paired(ours, whoDo, 'p95Hours'), paired(ours, whoDo, 'breachShare')];
  const handedOff = [ours, ...(hidden === null ? [] : [hidden.ours]), ...(noisy === null ? [] : [noisy])].flat();
  const all: Readonly<Record<string, number | null>> = {
    P95OverGithub: overGitHub('p95Hours'),
    BreachOverGithub: overGitHub('breachShare'),
    P95OverWhodo: p95.mean,
    P95OverWhodoUpper: p95.mean + p95.half,
    BreachOverWhodo: breach.mean,
    BreachOverWhodoUpper: breach.mean + breach.half,
    Gini: meanOf(ours, 'utilisationGini'),
    HandoffShare: Math.max(...handedOff.map(({ handOffShare }) => handOffShare)),
    CapabilityGap: 100 * (meanOf(blameTop, 'capabilityShare') - meanOf(ours, 'capabilityShare')),
    HiddenP95OverKnown: hidden === null ? null : meanOf(hidden.ours, 'p95Hours') / meanOf(ours, 'p95Hours'),
    NoiseP95OverWhodo: noisy === null ? null : meanOf(noisy, 'p95Hours') / meanOf(whoDo, 'p95Hours'),
  };
  const prefix = `${camelCased(measured.name)}${Math.round(100 * measured.utilisation)}`;
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[`${prefix}${name}`, round(value)]])),
  );
}

/** `go-tools` → `goTools`. */
export const camelCased = (name: string): string =>
  name.toLowerCase().replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const round = (value: number): number => Number(value.toFixed(4));
