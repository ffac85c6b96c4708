import * as z from 'zod';
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
  .describe('Grammar of a planned id: fixed text and {placeholders}, for instance `P{phase}.M{milestone}.T{task}`.');

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

const lane = z.strictObject({
  title: z.string().max(256).optional().describe('Title of the lane umbrella that a scaffold creates.'),
  labels: labels.default([]).describe('Labels that put a task into this lane.'),
  body_file: z.string().max(300).optional().describe('File with the text of the lane umbrella.'),
  after: z.array(z.string().max(100)).max(50).default([]).describe('Lanes that must be complete before this one.'),
});

const work = z.strictObject({
  show: z
    .enum(['assignee', 'label', 'rollup', 'none'])
    .default('rollup')
    .describe("How an agent's claim shows on GitHub: as an assignee, a label, a line in the rollup, or not at all."),
  label: label.default('claimed').describe('The label that says so, with `show: label`.'),
});

const laterSlice = z.record(z.string(), z.unknown());

/** `.github/parasol.yml`, all of it; every key has a default. */
export const configSchema = z.strictObject({
  version: z.literal(1).default(1).describe('Version of this format.'),
  tasks: tasks.prefault({}).describe('How tasks are named, sorted into lanes and judged.'),
  lanes: z.record(z.string().max(100), lane).default({}).describe('Streams of work under an umbrella, by name.'),
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
  reviewers: laterSlice.optional().describe('Who can review what, and when.'),
  risk: laterSlice.optional().describe('Integration risk of open pull requests.'),
  readiness: laterSlice.optional().describe('What must hold before something ships.'),
});
