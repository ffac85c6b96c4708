import { setClock } from '../clock.ts';
import type { World } from '../world.ts';

/** One thing that happened, to be done again when its time comes. */
export interface Step {
  /** UTC ISO-8601. */
  readonly at: string;
  readonly rank: Rank;
  readonly run: () => void;
  /** Turns what went wrong into what the file's reader should hear, or throws it on. */
  readonly fail: (error: unknown) => void;
}

/** What happens first among things of one moment. */
export type Rank = (typeof RANKS)[number];
const RANKS = ['open', 'link', 'work', 'review', 'close', 'mark'] as const;

/** Does all steps in order of time, with the clock standing at each. Steps of one moment and rank keep their order. */
export function replaySteps(world: World, steps: readonly Step[]): void {
  const rank = new Map(RANKS.map((name, index) => [name, index]));
  const order = (one: Step, other: Step) =>
    one.at < other.at ? -1 : one.at > other.at ? 1 : (rank.get(one.rank) ?? 0) - (rank.get(other.rank) ?? 0);
  for (const step of [...steps].sort(order)) {
    setClock(world, step.at);
    try {
      step.run();
    } catch (error) {
      step.fail(error);
    }
  }
}
