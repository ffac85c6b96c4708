import { advanceClock } from '../../../sandbox/clock.ts';
import { mendNext } from './mend-next.ts';
import type { ReadinessDesk } from './readiness-desk.ts';
import type { Stage } from './start-stage.ts';
import { SECONDS_BETWEEN_STEPS, type StoryStep } from './story.ts';
import type { StoryTeller } from './story-tellers.ts';

/** A world may hold more that is wrong than anybody wants to watch. */
const MOST_STEPS = 12;

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
    const previous = report;
    // The App is told of it meanwhile: neither waits for the other.
    [report] = await Promise.all([desk.report(previous), stage.settle()]);
    teller.judged({ report, previous });
  };
  const tried = new Set<string>();
  while (tried.size < MOST_STEPS) {
    const left = report.findings.filter(({ id }) => !tried.has(id));
    const step = mendNext(world, desk.cast, left);
    if (step === null) break;
    tried.add(step.findingId);
    await play(step);
  }
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
