import type { Config } from '../../config.ts';
import { shorten } from '../../markdown.ts';
import { lanesOf } from '../lanes.ts';
import type { LaneChoice } from './choose-lanes.ts';
import type { FilePlace, Placed, TemplateProblem } from './file-place.ts';
import { fillVariables, type Variables } from './fill-variables.ts';
import type { LaneTemplate, TaskTemplate } from './lane-template.ts';
import { renderIssueForm } from './render-issue-form.ts';
import { taskName } from './resolve-after.ts';
import type { ScaffoldUmbrella, WantedNames } from './scaffold-facts.ts';
import { uniqueBy } from './unique-by.ts';

/** A task as it would be made, its variables filled in. */
export interface TaskDraft {
  readonly lane: string;
  readonly key: string;
  /** As `taskName` says it. */
  readonly name: string;
  readonly title: string;
  /** Without its marker. */
  readonly body: string;
  readonly labels: readonly Placed<string>[];
  /** The one label that may be made where it is missing: `lane:api` for the lane api. */
  readonly laneLabel: string;
  readonly assignees: readonly Placed<string>[];
  readonly milestone: Placed<string> | null;
  readonly issueType: Placed<string> | null;
  /** Where its title stands. */
  readonly place: FilePlace;
}

interface Drafted {
  readonly drafts: readonly TaskDraft[];
  readonly problems: readonly TemplateProblem[];
  /** Variables that the wish sets and that no text of the chosen lanes holds. */
  readonly unused: readonly string[];
}

/** GitHub's limits of a title in characters, and of a body as `github/apply-change.ts` keeps it, in bytes. */
const MAX_TITLE_LENGTH = 256;
const MAX_BODY_BYTES = 59_000;
/** GitHub's limit of a label's name; the sandbox refuses longer ones as GitHub does. */
const MAX_LABEL_LENGTH = 50;

/** The tasks of the chosen lanes under an umbrella. */
export function draftTasks(
  choice: LaneChoice,
  { umbrella, config }: { readonly umbrella: ScaffoldUmbrella; readonly config: Config },
): Drafted {
  const problems: TemplateProblem[] = [];
  const used = new Set<string>();
  const drafts = choice.lanes.flatMap((lane) => {
    const variables = variablesOf(lane, umbrella, choice.variables);
    const fill: Fill = (text, into) => {
      const filled = fillVariables(text, variables, into);
      problems.push(...filled.problems);
      for (const name of filled.used) used.add(name);
      return filled.text;
    };
    return lane.tasks.map((task) => draftOf(task, { lane, config, umbrella, fill }));
  });
  problems.push(...drafts.flatMap(problemsOfDraft));
  return {
    drafts,
    problems: uniqueProblems(problems),
    unused: [...new Set(choice.set)].filter((name) => !used.has(name)),
  };
}

/** Everything that GitHub must have for these tasks to be made. */
export function namesIn(drafts: readonly TaskDraft[]): WantedNames {
  const distinct = (names: readonly Placed<string>[]): readonly string[] =>
    distinctNames(names).map(({ value }) => value);
  return {
    labels: distinct(drafts.flatMap(({ labels }) => labels)),
    assignees: distinct(drafts.flatMap(({ assignees }) => assignees)),
    milestones: distinct(drafts.flatMap(({ milestone }) => milestone ?? [])),
    issueTypes: distinct(drafts.flatMap(({ issueType }) => issueType ?? [])),
  };
}

type Fill = (text: Placed<string>, into: 'line' | 'markdown') => string;

interface Drafting {
  readonly lane: LaneTemplate;
  readonly config: Config;
  readonly umbrella: ScaffoldUmbrella;
  readonly fill: Fill;
}

function variablesOf(lane: LaneTemplate, umbrella: ScaffoldUmbrella, own: ReadonlyMap<string, string>): Variables {
  const quoted = (value: string) => ({ value, isQuoted: true });
  return new Map([
    ['umbrella.title', quoted(umbrella.title)],
    ['umbrella.number', { value: String(umbrella.ref.number), isQuoted: false }],
    ['lane', quoted(lane.name)],
    ...(umbrella.milestone === null ? [] : [['milestone', quoted(umbrella.milestone)] as const]),
    ...[...own].map(([name, value]) => [name, { value, isQuoted: false }] as const),
  ]);
}

function draftOf(task: TaskTemplate, drafting: Drafting): TaskDraft {
  const { lane, config, fill } = drafting;
  const line = (text: Placed<string>): Placed<string> => ({ value: fill(text, 'line').trim(), place: text.place });
  const ofLane = lane.labels.map(line);
  const isMarked = lanesOf({ labels: ofLane.map(({ value }) => value) }, config).includes(lane.name);
  const marking = { value: config.tasks.lane_label.replace('*', () => lane.name), place: lane.place };
  const labels = [...(isMarked ? ofLane : [marking, ...ofLane]), ...task.labels.map(line)];
  return {
    lane: lane.name,
    key: task.key,
    name: taskName(lane.name, task.key),
    title: shorten(fill(task.title, 'line').trim(), MAX_TITLE_LENGTH),
    body: bodyOf(task, fill),
    labels: distinctNames(labels),
    laneLabel: marking.value,
    assignees: distinctNames(task.assignees.map(line)),
    milestone: milestoneOf(task, drafting),
    issueType: task.type === null ? null : line(task.type),
    place: task.title.place,
  };
}

/** `milestone: '{milestone}'` means "as the umbrella", and that may be none. */
function milestoneOf({ milestone }: TaskTemplate, { umbrella, fill }: Drafting): Placed<string> | null {
  if (milestone === null) return null;
  if (milestone.value.trim() === '{milestone}' && umbrella.milestone === null) return null;
  return { value: fill(milestone, 'line').trim(), place: milestone.place };
}

function bodyOf({ body, artifacts }: TaskTemplate, fill: Fill): string {
  const answers = artifacts.map(({ field, value }) => ({ field, value: fill(value, 'markdown') }));
  if (body.kind === 'form') return renderIssueForm(body.form, answers);
  const lines = answers.map(({ field, value }) => `${field}: ${value}`).join('\n');
  return [fill(body.text, 'markdown').trim(), lines].filter((part) => part !== '').join('\n\n');
}

const distinctNames = (names: readonly Placed<string>[]): readonly Placed<string>[] =>
  uniqueBy(names, ({ value }) => value.toLowerCase());

function problemsOfDraft({ title, body, place, labels }: TaskDraft): TemplateProblem[] {
  const bytes = new TextEncoder().encode(body).length;
  const tooLong = { ...place, message: `the text of this task has ${bytes} bytes of at most ${MAX_BODY_BYTES}` };
  return [
    ...(title === ''
      ? [{ ...place, message: 'this title is empty once filled in', fix: 'Give it words of its own.' }]
      : []),
    ...(HALF_CHARACTER.test(title)
      ? [{ ...place, message: 'this title holds half of a character', fix: 'Write the whole character, or none.' }]
      : []),
    ...labels.flatMap(problemsOfLabel),
    ...(bytes > MAX_BODY_BYTES ? [{ ...tooLong, fix: 'Shorten it.' }] : []),
  ];
}

/** Half of a surrogate pair has no form in UTF-8, so the title would not be the one that GitHub has. */
const HALF_CHARACTER = /\p{Cs}/u;

function problemsOfLabel({ value, place }: Placed<string>): TemplateProblem[] {
  const length = [...value].length;
  if (length <= MAX_LABEL_LENGTH) return [];
  const message = `the label \`${value.slice(0, 100)}\` has ${length} characters of at most ${MAX_LABEL_LENGTH}`;
  return [
    { ...place, message, fix: 'Shorten it; a lane is labelled with its own name, so shorten that or its label.' },
  ];
}

/** A text that several tasks share is filled in for each of them. */
const uniqueProblems = (problems: readonly TemplateProblem[]): readonly TemplateProblem[] =>
  uniqueBy(problems, ({ path, line, message }) => `${path}:${line}:${message}`);
