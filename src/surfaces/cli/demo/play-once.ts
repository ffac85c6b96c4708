import { UserError } from '../../../core/failure.ts';
import { formatRef, refKey } from '../../../core/task/identity.ts';
import type { Rollup } from '../../../core/umbrella/rollup.ts';
import { advanceClock } from '../../../sandbox/clock.ts';
import type { RefreshEvent } from '../../app/pipeline-options.ts';
import type { CliIo } from '../cli-io.ts';
import { plainLines, plainText } from '../plain-text.ts';
import { renderHeadline } from '../render-rollup-text.ts';
import type { View } from '../view.ts';
import { diffRollups } from './diff-rollups.ts';
import type { Stage } from './start-stage.ts';

/** Between two steps, on the world's clock: enough for ages to show, little enough to stay one working day. */
export const SECONDS_BETWEEN_STEPS = 40 * 60;

/**
 * Plays the whole story, says before each step what happens on GitHub and after it what changed in which rollup, and ends
 * with the last rollup as it stands on GitHub. Throws when anything went wrong on the way.
 */
export async function playOnce(stage: Stage, { stdout }: CliIo, view: View): Promise<void> {
  const known = new Map<string, Rollup>();
  const say = (line: string): unknown => stdout.write(`${line}\n`);
  let last: RefreshEvent | null = null;
  const tell = async (): Promise<void> => {
    await stage.settle();
    const events = stage.takeRefreshes();
    const lines = events.flatMap((event) => changeLines(known, event, view));
    for (const line of lines.length === 0 ? [view.colors.dim('  no rollup has anything new to say')] : lines) say(line);
    last = events.findLast(({ umbrella }) => refKey(umbrella) === refKey(stage.umbrella)) ?? last;
  };
  say(view.colors.bold('The App starts and reads what is there'));
  await tell();
  for (const step of stage.steps) {
    advanceClock(stage.world, SECONDS_BETWEEN_STEPS);
    say(`\n${view.colors.bold(`On GitHub: ${plainText(step.said())}`)}`);
    step.act();
    await tell();
  }
  say(`\n${view.colors.bold('The last rollup, as it stands on GitHub')}\n`);
  say(plainLines(lastBody(last)));
  say(view.colors.dim(countsLine(stage)));
}

/** Headline and changes of a rollup that was written; nothing for one that stayed as it is. */
function changeLines(known: Map<string, Rollup>, { result }: RefreshEvent, view: View): readonly string[] {
  if (result.outcome !== 'written') return [];
  const key = refKey(result.umbrella);
  const before = known.get(key) ?? null;
  known.set(key, result.rollup);
  const [title = '', bar = ''] = renderHeadline(result.rollup, view);
  return [`  ${title}`, `  ${bar}`, ...diffRollups(before, result.rollup).map((line) => `    ${line}`)];
}

function lastBody(last: RefreshEvent | null): string {
  if (last !== null) return last.result.body;
  throw new UserError(
    'internal',
    'The story ended without a rollup on its umbrella.',
    'Run it with PARASOL_DEBUG=1 and look at what the App logged.',
  );
}

function countsLine({ counts, umbrella }: Stage): string {
  const { webhooks, graphqlCalls, commentEdits, commentsCreated } = counts();
  return (
    `${webhooks} webhooks delivered, ${graphqlCalls} GraphQL calls, ${commentsCreated} comments written, ` +
    `${commentEdits} comment edits; the umbrella is ${formatRef(umbrella)}`
  );
}
