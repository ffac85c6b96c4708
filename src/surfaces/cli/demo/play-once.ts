import { UserError } from '../../../core/failure.ts';
import { formatRef, refKey } from '../../../core/task/identity.ts';
import type { Rollup } from '../../../core/umbrella/rollup.ts';
import { advanceClock } from '../../../sandbox/clock.ts';
import type { RefreshEvent } from '../../app/pipeline-options.ts';
import { type ChangedRollup, diffRollups } from './diff-rollups.ts';
import { playReadiness } from './play-readiness.ts';
import type { Stage } from './start-stage.ts';
import { SECONDS_BETWEEN_STEPS } from './story.ts';
import type { StoryTeller } from './story-tellers.ts';

/**
 * Plays the whole story, tells before each step what happens on GitHub and after it what changed in which rollup, ends that
 * with the last rollup as it stands on GitHub, and goes on to whether a milestone is ready. Throws when anything went wrong
 * on the way.
 */
export async function playOnce(stage: Stage, teller: StoryTeller): Promise<void> {
  const known = new Map<string, Rollup>();
  let last: RefreshEvent | null = null;
  const settled = async (): Promise<readonly ChangedRollup[]> => {
    await stage.settle();
    const events = stage.takeRefreshes();
    last = events.findLast(({ umbrella }) => refKey(umbrella) === refKey(stage.umbrella)) ?? last;
    return events.flatMap((event) => changedRollup(known, event));
  };
  teller.begins();
  teller.changed(await settled());
  for (const step of stage.steps) {
    advanceClock(stage.world, SECONDS_BETWEEN_STEPS);
    teller.happens(step.name, step.said());
    step.act();
    teller.changed(await settled());
  }
  teller.shows({ umbrella: formatRef(stage.umbrella), body: lastBody(last) });
  if (stage.readiness !== null) await playReadiness(stage, stage.readiness, teller);
  teller.ends(stage.counts());
}

/** Nothing for a rollup that stayed as it is. */
function changedRollup(known: Map<string, Rollup>, { result }: RefreshEvent): readonly ChangedRollup[] {
  if (result.outcome !== 'written') return [];
  const key = refKey(result.umbrella);
  const before = known.get(key) ?? null;
  known.set(key, result.rollup);
  return [{ rollup: result.rollup, changes: diffRollups(before, result.rollup) }];
}

function lastBody(last: RefreshEvent | null): string {
  if (last !== null) return last.result.body;
  throw new UserError(
    'internal',
    'The story ended without a rollup on its umbrella.',
    'Run it with PARASOL_DEBUG=1 and look at what the App logged.',
  );
}
