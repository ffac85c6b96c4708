import { visibleLine } from '../../../core/markdown.ts';
import { fixSteps } from '../../../core/readiness/render/fix-steps.ts';
import type { ReadinessReport } from '../../../core/readiness/report-schema.ts';
import { formatRef } from '../../../core/task/identity.ts';
import type { Output } from '../cli-io.ts';
import { plainLines } from '../plain-lines.ts';
import { renderHeadline } from '../render-rollup-text.ts';
import type { View } from '../view.ts';
import { wrapLines } from '../wrap-lines.ts';
import type { ChangedRollup } from './diff-rollups.ts';
import { changedFindings, type Judgement, judgementLines } from './judgement-lines.ts';
import type { StageCounts } from './start-stage.ts';

/** Told of the story as it is played; says it to somebody. */
export interface StoryTeller {
  readonly begins: () => void;
  readonly happens: (name: string, said: string) => void;
  readonly changed: (rollups: readonly ChangedRollup[]) => void;
  readonly shows: (last: LastRollup) => void;
  readonly judged: (judgement: Judgement) => void;
  readonly ends: (counts: StageCounts) => void;
}

interface LastRollup {
  readonly umbrella: string;
  /** The umbrella's comment as it stands on GitHub. */
  readonly body: string;
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
    shows: ({ umbrella, body }) => {
      say('', colors.bold(`The last rollup of ${umbrella}, as it stands on GitHub`), '');
      stdout.write(`${plainLines(body)}\n`);
    },
    judged: (judgement) => {
      const { report, previous } = judgement;
      if (previous === null) say('', colors.bold(questionOf(report)));
      say(...judgementLines(judgement, view));
    },
    ends: (counts) => say('', colors.dim(countsText(counts))),
  };
}

const questionOf = ({ repository, scope }: ReadinessReport): string =>
  `Is "${visibleLine(scope.title)}" of ${repository} ready?`;

const countsText = ({ webhooks, graphqlCalls, commentEdits, commentsCreated }: StageCounts): string =>
  `${webhooks} webhooks delivered, ${graphqlCalls} GraphQL calls, ${commentsCreated} comments written, ` +
  `${commentEdits} comment edits`;

/** For programs: one JSON object a line, one line for the start, one for each step, one for the end. */
export function tellAsJson(stdout: Output): StoryTeller {
  let happening = { step: 'begin', said: 'The App starts and reads what is there' };
  let last: LastRollup | null = null;
  const say = (value: unknown): unknown => stdout.write(`${JSON.stringify(value)}\n`);
  return {
    begins: () => {},
    happens: (step, said) => {
      happening = { step, said };
    },
    changed: (rollups) => say({ ...happening, rollups: rollups.map(jsonOf) }),
    shows: (rollup) => {
      last = rollup;
    },
    judged: (judgement) => {
      const { report, previous } = judgement;
      if (previous === null) happening = { step: 'readiness', said: questionOf(report) };
      say({ ...happening, readiness: jsonOfJudgement(judgement) });
    },
    ends: (counts) => say({ step: 'end', ...last, counts }),
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

function jsonOfJudgement(judgement: Judgement) {
  const { report } = judgement;
  const { gone, come } = changedFindings(judgement);
  const { decision, headline } = report.verdict;
  const todo = fixSteps(report).map(({ finding: { kind, item, why, actor, action } }) => {
    return { kind, item: item?.ref ?? null, why, actor: actor.name, action: action.text };
  });
  return { decision, headline, todo, gone: gone.map(({ id }) => id), new: come.map(({ id }) => id) };
}
