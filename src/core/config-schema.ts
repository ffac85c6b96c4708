import * as z from 'zod';
import { CRITERION_IDS } from './readiness/report-schema.ts';
import { parseWorkingHours } from './reviewers/parse-working-hours.ts';
import { DEFAULT_ID_PATTERNS, MAX_ID_PATTERNS, problemOfIdPattern } from './task/planned-id.ts';
import { TASK_STATES } from './task/state.ts';

const label = z.string().trim().min(1).max(100);
const labels = z.array(label).max(100);

const idPattern = z
  .string()
  .superRefine((pattern, context) => {
    const problem = problemOfIdPattern(pattern);
    if (problem !== null) context.addIssue({ code: 'custom', message: `\`${pattern}\` ${problem}` });
  })
  .describe(
    'Grammar of a planned id: fixed text and {placeholders}, for instance `P{phase}.M{milestone}.T{task}`; right behind a letter a placeholder other than {id} starts with a digit.',
  );

const laneLabel = z
  .string()
  .max(100)
  .refine((pattern) => pattern.split('*').length === 2, { message: 'needs exactly one `*`, as in `lane:*`' });

const artifact = z.strictObject({
  field: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .describe(
      'Name of the field: a heading of the issue form, the word before the colon of a `Field: value` line, or an issue field of the organization.',
    ),
  from: z.enum(TASK_STATES).default('implemented').describe('State from which on the field is required.'),
  is: z
    .enum(['url', 'text', 'checkbox', 'issue', 'commit'])
    .default('text')
    .describe('What a value must look like to count.'),
  in: z
    .enum(['task', 'pull_request'])
    .optional()
    .describe('Where the field may be written; without it in the task or in one of its pull requests.'),
});

const umbrella = z.strictObject({
  labels: labels.default(['umbrella', 'epic']).describe('Labels that mark an umbrella which has no children yet.'),
  types: labels.default(['Epic']).describe('Issue types that mark one.'),
  tick: z
    .boolean()
    .default(false)
    .describe(
      "Whether the boxes of an umbrella's own checklist are ticked and unticked as its children are closed and reopened.",
    ),
});

const tasks = z.strictObject({
  ids: z
    .array(idPattern)
    .max(MAX_ID_PATTERNS)
    .default([...DEFAULT_ID_PATTERNS])
    .describe('Grammars of planned ids, as they stand at the start of titles and in branch names.'),
  umbrella: umbrella.prefault({}).describe('What makes a task an umbrella besides having children.'),
  lane_label: laneLabel.default('lane:*').describe('Label that puts a task into a lane; `*` is the name of the lane.'),
  states: z
    .record(label, z.enum(TASK_STATES))
    .default({})
    .describe('Label to state: a task with this label is shown in this state, next to what the facts say.'),
  blocked_labels: labels.default([]).describe('Labels that make an open task blocked.'),
  artifacts: z
    .array(artifact)
    .max(50)
    .default([])
    .describe('Fields that a child must carry before it can integrate. None by default.'),
});

/** GitHub writes names with an `@` where it mentions them. */
const withoutAt = (name: string): string => name.replace(/^@/, '');

const login = z.string().trim().overwrite(withoutAt).min(1).max(100);
/** Of a GitHub App: its bot writes as `slug[bot]`. */
const appSlug = z
  .string()
  .trim()
  .overwrite((name) =>
    withoutAt(name)
      .replace(/\[bot\]$/i, '')
      .toLowerCase(),
  )
  .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'is the name of a GitHub App as its address has it, such as `parasol-octo`')
  .refine((slug) => slug !== 'github-actions', {
    message: 'is not the account of every workflow, `github-actions`: whoever may run one could write in its name',
  });
const path = z.string().trim().min(1).max(300);
const team = z.string().trim().overwrite(withoutAt).min(1).max(300);
const text = z.string().max(60_000);
const variable = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/i, 'is a word of letters, digits and underscores');

const title = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .describe('Title of the task. In it, and in every other text here, `{umbrella.title}` and the like are filled in.');
const assignees = z.array(login).max(10).default([]).describe('Logins of those who are assigned.');
const type = label.optional().describe('Issue type.');
const body = text.optional().describe('Text of the task.');
const bodyFile = path
  .optional()
  .describe('File with the text: Markdown, or an issue form, which is rendered as GitHub renders one that was sent.');

const milestone = label.optional().describe("Title of an open milestone; `'{milestone}'` is the umbrella's own.");
const artifacts = z
  .record(z.string().trim().min(1).max(80), z.string().max(1_000))
  .default({})
  .describe('Values of artifact fields, by name: answers of the issue form, or `Field: value` lines.');

const laneTask = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/i, 'is a word of letters, digits, dots, dashes and underscores')
    .describe('Name of the task within its lane. It never changes: by it a later scaffold knows what is there.'),
  title,
  labels: labels.default([]).describe('Labels besides those of the lane.'),
  assignees,
  milestone,
  type,
  body,
  body_file: bodyFile,
  artifacts,
  after: z
    .array(label)
    .max(50)
    .default([])
    .describe('What must be done first: keys of tasks of this lane, lanes, or `lane/key`.'),
});

/** `lanes.NAME`; with the same keys, but for the text, as front matter of `.github/lanes/NAME.md`. */
export const laneSchema = z.strictObject({
  title: title.optional().describe('Title of the one task of a lane without `tasks`.'),
  labels: labels.default([]).describe('Labels that put a task into this lane.'),
  assignees,
  milestone,
  type,
  body,
  body_file: bodyFile,
  artifacts,
  after: z.array(z.string().max(100)).max(50).default([]).describe('Lanes that must be complete before this one.'),
  tasks: z.array(laneTask).max(100).default([]).describe('Tasks that a scaffold creates under the umbrella.'),
});

const template = z.strictObject({
  lanes: z.array(label).min(1).max(50).describe('Lanes that belong to it.'),
  variables: z
    .record(variable, z.string().max(1_000))
    .default({})
    .describe('Values of variables of your own; `--set name=value` goes before them.'),
});

const work = z.strictObject({
  show: z
    .enum(['assignee', 'label', 'rollup', 'none'])
    .default('rollup')
    .describe("How an agent's claim shows on GitHub: as an assignee, a label, a line in the rollup, or not at all."),
  label: label.default('claimed').describe('The label that says so, with `show: label`.'),
});

const duration = z.string().regex(/^[1-9]\d{0,2}[dh]$/, 'is a number of days or hours, such as 7d or 36h');

const risk = z.strictObject({
  mode: z
    .enum(['off', 'observe', 'comment', 'enforce'])
    .default('observe')
    .describe(
      '`off`: nothing but the answer to `/parasol risk`. `observe`: post nothing; it is computed when somebody comments `/parasol risk`, which answers, and then also shows in the rollup until a pull request or a base branch changes. `comment`: post the check run `parasol/risk` where there is a conflict, never as a failure. `enforce`: post it on every pull request, and let it fail: of those that conflict all but the one that goes first in the order that redoes least, as far as pairs, lines, age and labels tell.',
    ),
  comments: z
    .boolean()
    .default(false)
    .describe(
      'Whether a pull request that conflicts with another, verified by a trial merge, also gets one comment, edited in place. An estimate begins none.',
    ),
  ignore: z
    .array(path)
    .max(100)
    .default([])
    .describe(
      'Files that are made anew rather than merged by hand, as globs; they carry no weight. Lockfiles and changelogs are known without it.',
    ),
  max_wait: duration
    .default('7d')
    .describe(
      'How long a pull request may wait before the merge order puts it in front, since it came into the backlog.',
    ),
  priority_labels: labels
    .default([])
    .describe('Labels that let a pull request go before others, the most urgent first.'),
});

const criterionWeight = z.enum(['blocking', 'informing', 'off']);

const instantOrDay = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/,
    'is a day such as 2026-03-15, or a time in UTC such as 2026-03-15T09:00:00Z',
  );

const readiness = z.strictObject({
  mode: z
    .enum(['off', 'observe', 'comment', 'enforce'])
    .default('observe')
    .describe(
      '`off`: nothing. `observe`: reports where somebody asks. `comment`: keeps a pinned report on every umbrella, and the check run `parasol/readiness`, always neutral, on the heads of release branches and of merge groups. `enforce`: that check fails on `no_go`, and asks for action on what nobody knows.',
    ),
  base: path.optional().describe('The branch that has to be ready; the default branch when left out.'),
  criteria: z
    .partialRecord(z.enum(CRITERION_IDS), criterionWeight)
    .default({})
    .describe(
      'Whether a criterion blocks, informs or is left out. By default completion, integration_outcomes, dependencies, base_ci and scope_integrity block, and artifacts where fields are configured; the others inform.',
    ),
  implemented_age: z
    .strictObject({ blocking: duration.describe('Implemented work that is older than this and not merged blocks.') })
    .optional()
    .describe('How long implemented work may wait, without the time under an open blocker.'),
  review_sla: duration.default('2d').describe('How long a requested review may take before it is over its time.'),
  base_green_runs: z
    .int()
    .min(1)
    .max(20)
    .default(1)
    .describe('How many commits of the base in succession, the newest among them, must have passed.'),
  required_checks: z
    .array(path)
    .max(100)
    .optional()
    .describe(
      'Checks that have to pass on the base, as globs; those that GitHub requires, else all, when left out. With an empty list the base is not judged.',
    ),
  freeze: instantOrDay.optional().describe('From then on nothing is added to the scope.'),
  release_branches: z
    .array(path)
    .max(50)
    .default(['release/*'])
    .describe('Branches that get backports and the check `parasol/readiness`, as globs.'),
  backport_labels: labels
    .default(['backport', 'backport {branch}', 'backport/{branch}'])
    .describe(
      'Labels of pull requests that a release branch needs too; `{branch}` is its name or what follows its last slash.',
    ),
  waivers: path
    .default('.github/parasol-waivers.yml')
    .describe('File of waivers, which counts as reviewed because it is read from the default branch.'),
  valid_for: duration.default('1d').describe('How long a verdict holds while its base stays the same.'),
});

const capacity = z
  .number()
  .min(1, 'is at least 1, as below that nobody is ever asked; who is never to be asked stands in `reviewers.exclude`')
  .max(100);

const hours = z.string().superRefine((text, context) => {
  const parsed = parseWorkingHours(text);
  if ('problem' in parsed) context.addIssue({ code: 'custom', message: parsed.problem });
});

const reviewer = z.strictObject({
  capability: labels
    .default([])
    .describe('Tags of what this person can review. Who is given a tag of `capabilities` has it, and nobody else.'),
  hours: hours
    .optional()
    .describe(
      'When this person reviews, such as `Mon-Fri 09-17 Europe/Berlin`, `Mon-Thu,Sun 09:30-17:15 +02:00`, or over midnight `Mon-Fri 22:00-06:00 UTC`, whose Friday ends on Saturday morning; from past reviews when left out.',
    ),
  capacity: capacity.optional().describe('How many requests may wait for this person before others go first.'),
});

const agents = z.strictObject({
  logins: z
    .array(login)
    .max(100)
    .default([])
    .describe('Accounts that agents write under; other bots count by themselves.'),
  labels: z
    .array(label)
    .max(50)
    .default(['agent:*'])
    .describe('Labels that tell the agent of a pull request; what stands for `*` is its name.'),
  trailers: z
    .array(label)
    .max(20)
    .default(['Agent', 'Agent-Id'])
    .describe('Lines such as `Agent: name` that tell it, in the text of a pull request or in its commits.'),
});

const reviewers = z.strictObject({
  mode: z
    .enum(['off', 'observe', 'suggest', 'assign'])
    .default('observe')
    .describe(
      '`off`, `observe`: nobody is asked or named; comment commands are answered. `suggest`: a comment names who would be asked. `assign`: ask them for review; where nobody can review it at all, or it waits for a day because nobody is available, a comment says so.',
    ),
  sla: duration
    .optional()
    .describe('How long a review may take since it was asked for; `readiness.review_sla` when left out.'),
  count: z.int().min(1).max(10).default(1).describe('How many reviewers a pull request gets.'),
  capacity: capacity
    .optional()
    .describe('How many requests may wait for one person before others go first; from the past pace when left out.'),
  capabilities: z
    .record(label, z.array(path).min(1).max(100))
    .default({})
    .describe(
      'Tag to globs: who reviews a change of these files needs the tag. `people` says who has it; where nobody there does, who owns the files in CODEOWNERS and who knows them from the past.',
    ),
  teams: z
    .array(team)
    .max(50)
    .default([])
    .describe(
      'Teams whose members review, as `team` or `org/team`. Without these and `pool`: who reviewed lately, CODEOWNERS and the teams of the repository.',
    ),
  pool: z.array(login).max(500).default([]).describe('People who review, besides those of `teams`.'),
  exclude: z.array(login).max(500).default([]).describe('People who are never chosen.'),
  people: z
    .record(login, reviewer)
    .default({})
    .describe('By login, what is known of a person; it goes before what the past shows.'),
  agents: agents
    .prefault({})
    .describe(
      'How a pull request tells that an agent wrote it: then that agent is an author besides the account that opened it.',
    ),
  assignee: z
    .boolean()
    .default(false)
    .describe('Whether who is asked for review is also assigned to the pull request.'),
  hand_off: z
    .boolean()
    .default(false)
    .describe(
      'Whether a review is handed on, once, from who is away, or of whom nothing is heard through a working day of theirs and two thirds of the SLA; where their hours are known, and for a tenth of all at most.',
    ),
});

const laterSlice = z.record(z.string(), z.unknown());

/** `.github/parasol.yml`, all of it; every key has a default. */
export const configSchema = z.strictObject({
  version: z.literal(1).default(1).describe('Version of this format.'),
  app: appSlug
    .optional()
    .describe(
      "The GitHub App that Parasol runs as here, by the last part of its address (`parasol-octo` of github.com/apps/parasol-octo): what its bot says, such as whom a suggestion names, is then known for Parasol's to everybody else who runs Parasol.",
    ),
  tasks: tasks.prefault({}).describe('How tasks are named, sorted into lanes and judged.'),
  lanes: z.record(z.string().max(100), laneSchema).default({}).describe('Streams of work under an umbrella, by name.'),
  templates: z
    .record(z.string().max(100), template)
    .default({})
    .describe('Choices of lanes for `umbrella scaffold --template NAME`.'),
  rollup: z
    .strictObject({
      mode: z
        .enum(['off', 'observe', 'comment', 'enforce'])
        .default('comment')
        .describe('`off`: nothing. `observe`: compute, write nothing. `comment`: keep one comment on each umbrella.'),
    })
    .prefault({})
    .describe('The summary on each umbrella.'),
  work: work.prefault({}).describe('Claims of agents on tasks.'),
  gates: laterSlice.optional().describe('Review policies, by name.'),
  reviewers: reviewers.prefault({}).describe('Who can review what, and when.'),
  risk: risk.prefault({}).describe('Integration risk of open pull requests, and the order to merge them in.'),
  readiness: readiness.prefault({}).describe('What must hold before something ships.'),
});
