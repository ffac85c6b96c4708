/**
 * Plans the tasks of an umbrella from lane templates, or from the checklist in its own text, and shows the plan.
 *
 *     parasol umbrella scaffold 12
 *     parasol umbrella scaffold 12 --lanes api,docs --set quarter=Q3
 *     parasol umbrella scaffold 12 --template release --write
 *     parasol umbrella scaffold 12 --from-checklist
 *
 * Templates are `lanes` in `.github/parasol.yml` and files in `.github/lanes`; texts may be issue forms. A lane is a label:
 * its tasks come directly under the umbrella, with labels, assignees, milestone, type and dependencies. Run again, it plans
 * what is missing; what people edited, closed or took out is left alone, and a lane that came later is offered.
 *
 * A broken .github/parasol.yml stops nothing while a valid version of it is known: the last one holds, and the notes say
 * which and what is broken. Without one nothing is made, because half of the tasks might be missing.
 *
 * The operation itself writes nothing on GitHub: it keeps the plan, which `plan apply` or `--write` carries out and
 * `plan undo` takes back. It never changes or removes a child that is there.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import type { PlanDraft } from '../core/plan/plan.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import type { Operation, OperationContext } from './operation.ts';
import { planChecklistScaffold } from './plan-checklist-scaffold.ts';
import { planScaffold } from './plan-scaffold.ts';
import { planShow } from './plan-show.ts';
import { savePlan } from './save-plan.ts';

const input = z.object({
  ref: z.string().min(1).max(500).describe('#12, owner/repo#12, the address of the issue, or a planned id'),
  lanes: z.string().max(2_000).describe('lanes, separated by commas; all of them when left out').optional(),
  template: z.string().max(100).describe('a choice of lanes from `templates` in .github/parasol.yml').optional(),
  set: z
    .array(z.string().max(2_000))
    .max(50)
    .describe('name=value for {name} in the templates; may be given several times')
    .default([]),
  fromChecklist: z
    .boolean()
    .describe("make children of the open items in the umbrella's own checklist instead")
    .default(false),
});

const output = z.object({
  umbrella: z.string(),
  plan: planShow.output.nullable().describe('null when nothing is missing, or all of it is only offered'),
  offered: z.array(z.string()).readonly().describe('lanes that are made where they are named'),
  next: z.string().nullable().describe('the command that makes the offered lanes; null when there are none'),
  notes: z
    .array(z.object({ kind: z.string(), text: z.string(), about: z.string().nullable() }).readonly())
    .readonly()
    .describe('what is left alone, and why'),
});

export const umbrellaScaffold: Operation<typeof input, typeof output> = {
  name: 'umbrella.scaffold',
  summary: 'Plan the missing tasks of an umbrella from lane templates, or from its checklist.',
  effect: 'read',
  needsStore: true,
  input,
  output,
  run: scaffold,
};

async function scaffold(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  const umbrella = await resolveRef(context.github, asked.ref, { defaultRepository: context.defaultRepository });
  const { draft, offered } = await draftFor(context, umbrella, asked);
  const notes = draft.notes.map(({ kind, text, about }) => ({ kind, text, about: about && formatRef(about) }));
  const named = formatRef(draft.umbrella ?? umbrella);
  const told = { umbrella: named, offered, next: offered.length === 0 ? null : commandFor(asked, offered), notes };
  // A lane that was named is kept all the same: its items may be chosen one by one.
  const isWanted = draft.items.some(({ selected }) => selected) || (draft.items.length > 0 && offered.length === 0);
  if (!isWanted) return { ...told, plan: null };
  const { id } = await savePlan(context, draft);
  return { ...told, plan: await planShow.run(context, { id }) };
}

function commandFor({ ref, template, set }: z.output<typeof input>, lanes: readonly string[]): string {
  const words = [
    ref.replace(/^#(?=\d+$)/, ''),
    '--lanes',
    lanes.join(','),
    ...(template === undefined ? [] : ['--template', template]),
    ...set.flatMap((one) => ['--set', one]),
  ];
  return `parasol umbrella scaffold ${words.map(shellWord).join(' ')}`;
}

const shellWord = (word: string): string =>
  /^[\w./:,=-][\w./:,=#-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

async function draftFor(
  { github }: OperationContext,
  umbrella: Ref,
  asked: z.output<typeof input>,
): Promise<{ readonly draft: PlanDraft; readonly offered: readonly string[] }> {
  const { lanes = '', template = null, set, fromChecklist } = asked;
  if (asked.lanes !== undefined && namesOf(lanes).length === 0) throw noLane();
  if (!fromChecklist) return planScaffold(github, umbrella, { lanes: namesOf(lanes), template, set });
  if (lanes === '' && template === null && set.length === 0) {
    return { draft: await planChecklistScaffold(github, umbrella), offered: [] };
  }
  throw new UserError(
    'usage',
    'A checklist is no template: --from-checklist stands alone.',
    'Scaffold from the templates first, then from the checklist.',
  );
}

/** An empty variable of a script, for instance: it must not mean every lane. */
const noLane = (): UserError =>
  new UserError(
    'usage',
    'The list of lanes is empty.',
    'Name lanes, separated by commas, or leave it out for all of them.',
  );

/** Names may hold spaces, but no commas. */
const namesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
