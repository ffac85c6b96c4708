import { advanceClock } from '../../../sandbox/clock.ts';
import { mendFindings } from './mend-findings.ts';
import type { ReadinessDesk } from './readiness-desk.ts';
import type { Stage } from './start-stage.ts';
import { SECONDS_BETWEEN_STEPS, type StoryStep } from './story.ts';
import type { StoryTeller } from './story-tellers.ts';

/**
 * Asks whether a milestone is ready, plays what people do about each finding, and tells after every step what left the
 * report. Where that makes it ready, a permission is taken away in the end: what nobody can read is no go.
 */
export async function playReadiness(stage: Stage, desk: ReadinessDesk, teller: StoryTeller): Promise<void> {
  const { world } = stage;
  let report = await desk.report(null);
  teller.judged({ report, previous: null });
  const play = async ({ name, said, act }: StoryStep): Promise<void> => {
    advanceClock(world, SECONDS_BETWEEN_STEPS);
    teller.happens(name, said());
    act();
    await stage.settle();
    const previous = report;
    report = await desk.report(previous);
    teller.judged({ report, previous });
  };
  for (const step of mendFindings(world, desk.cast, report.findings)) await play(step);
  if (report.verdict.decision === 'go') await play(withdrawal(desk));
}

const PERMISSION = 'checks';

function withdrawal({ cast: { people }, withdraw }: ReadinessDesk): StoryStep {
  const [by = ''] = people;
  return {
    name: 'withdraw',
    said: () => `${by} takes the permission "${PERMISSION}" away from Parasol`,
    act: () => withdraw(PERMISSION, by),
  };
}
