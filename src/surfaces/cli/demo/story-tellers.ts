import { visibleLine } from '../../../core/markdown.ts';
import { formatRef } from '../../../core/task/identity.ts';
import type { Output } from '../cli-io.ts';
import { plainLines } from '../plain-lines.ts';
import { renderHeadline } from '../render-rollup-text.ts';
import type { View } from '../view.ts';
import { wrapLines } from '../wrap-lines.ts';
import type { ChangedRollup } from './diff-rollups.ts';
import type { StageCounts } from './start-stage.ts';

/** Told of the story as it is played; says it to somebody. */
export interface StoryTeller {
  readonly begins: () => void;
  readonly happens: (name: string, said: string) => void;
  readonly changed: (rollups: readonly ChangedRollup[]) => void;
  readonly ends: (ending: StoryEnding) => void;
}

interface StoryEnding {
  readonly umbrella: string;
  /** The umbrella's comment as it stands on GitHub. */
  readonly body: string;
  readonly counts: StageCounts;
}

/** For people. */
export function tellAsText(stdout: Output, view: View): StoryTeller {
  const { colors, width } = view;
  const say = (...lines: readonly string[]): unknown => stdout.write(`${wrapLines(lines, width).join('\n')}\n`);
  return {
    begins: () => say(colors.bold('The App starts and reads what is there')),
    happens: (_, said) => say('', colors.bold(`On GitHub: ${visibleLine(said)}`)),
    changed: (rollups) => {
      if (rollups.length === 0) say(colors.dim('  no rollup has anything new to say'));
      for (const { rollup, changes } of rollups) {
        const [title = '', bar = ''] = renderHeadline(rollup, view);
        say(`  ${title}`, `  ${bar}`, ...changes.map((line) => `    ${line}`));
      }
    },
    ends: ({ umbrella, body, counts }) => {
      say('', colors.bold('The last rollup, as it stands on GitHub'), '');
      stdout.write(`${plainLines(body)}\n`);
      say(colors.dim(`${countsText(counts)}; the umbrella is ${umbrella}`));
    },
  };
}

const countsText = ({ webhooks, graphqlCalls, commentEdits, commentsCreated }: StageCounts): string =>
  `${webhooks} webhooks delivered, ${graphqlCalls} GraphQL calls, ${commentsCreated} comments written, ` +
  `${commentEdits} comment edits`;

/** For programs: one JSON object a line, one line for the start, one for each step, one for the end. */
export function tellAsJson(stdout: Output): StoryTeller {
  let happening = { step: 'begin', said: 'The App starts and reads what is there' };
  const say = (value: unknown): unknown => stdout.write(`${JSON.stringify(value)}\n`);
  return {
    begins: () => {},
    happens: (step, said) => {
      happening = { step, said };
    },
    changed: (rollups) => say({ ...happening, rollups: rollups.map(jsonOf) }),
    ends: ({ umbrella, body, counts }) => say({ step: 'end', umbrella, counts, body }),
  };
}

const jsonOf = ({ rollup: { umbrella, progress, integration }, changes }: ChangedRollup) => ({
  umbrella: formatRef(umbrella.ref),
  complete: progress.complete,
  relevant: progress.relevant,
  percentComplete: progress.percentComplete,
  verdict: integration.verdict,
  changes,
});
