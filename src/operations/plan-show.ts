/**
 * Shows a plan before it is applied, and what became of it after: every item with its reason, how many people it would
 * notify, and how long GitHub's limits make it last.
 *
 *     parasol plan show p-1a2b3c4d
 *     parasol plan show p-1a2b3c4d --only 'link-*' --json
 *
 * It writes nothing. The people are those who take part in the issues that it touches (authors, commenters, assignees,
 * mentioned), whom it assigns and whom its texts mention. Who watches the repository is counted apart, and GitHub tells
 * nobody how many of them chose to hear less; who subscribed to one issue by hand is known to GitHub alone.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { assessPlan } from '../core/plan/assess-plan.ts';
import { type Audience, audienceOf } from '../core/plan/audience.ts';
import { formatRef, repositoryKey } from '../core/task/identity.ts';
import { loadPeople, type People } from '../github/load-people.ts';
import { loadPlan } from '../store/plan-store.ts';
import { chooseItems } from './choose-items.ts';
import type { Operation, OperationContext } from './operation.ts';
import { choiceShape, fullItemSchema, headOf, headShape, planIdSchema, showFullItem } from './plan-schema.ts';
import { storeOf } from './store-of.ts';
import { MACHINE_CLOCK } from './wait-clock.ts';
import { recentWrites } from './write-pace.ts';

const input = z.object({ id: planIdSchema, ...choiceShape });

const output = z.object({
  ...headShape,
  items: z.array(fullItemSchema).readonly().describe('in the order in which they are applied'),
  notes: z
    .array(z.object({ kind: z.string(), text: z.string(), about: z.string().nullable() }).readonly())
    .readonly()
    .describe('what the plan leaves alone, and why'),
  due: z
    .object({
      writes: z.int().describe('one for each item; what GitHub says already costs none'),
      creations: z.int().describe('issues that are made'),
      kinds: z.array(z.object({ kind: z.string(), count: z.int() }).readonly()).readonly(),
      notifies: z.int().nullable().describe('people who take part or are named; null when GitHub could not be asked'),
      isAtLeast: z.boolean().describe('not everybody who takes part could be read: it may be more'),
      watchers: z
        .array(z.object({ repository: z.string(), count: z.int().nullable() }).readonly())
        .readonly()
        .describe('who watches a repository hears of it too; null: their number could not be read'),
      seconds: z.int().describe("at GitHub's pace, at least, after what this store has written in the last hour"),
    })
    .describe('what applying it now would come to'),
});

export const planShow: Operation<typeof input, typeof output> = {
  name: 'plan.show',
  summary: 'Show what a plan does, how many people it notifies, how long it lasts, and what became of it.',
  effect: 'read',
  needsStore: true,
  input,
  output,
  run: show,
};

async function show(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  const store = await storeOf(context);
  const { plan, ledger } = await loadPlan(store, asked.id);
  const entries = new Map(ledger.map((entry) => [entry.itemId, entry]));
  const settled = new Set(ledger.filter(({ result }) => result?.stands === true).map(({ itemId }) => itemId));
  const chosen = new Set(chooseItems(plan, asked, settled).chosen);
  const due = plan.items.filter(({ id }) => {
    const status = entries.get(id)?.status;
    return chosen.has(id) && status !== 'done' && status !== 'undone' && status !== 'kept';
  });
  const audience = audienceOf(due);
  const people = await peopleOf(context, audience);
  const clock = context.clock ?? MACHINE_CLOCK;
  const assessment = assessPlan(due, {
    participants: people?.participants ?? new Map(),
    actor: plan.createdBy,
    earlier: await recentWrites(store, clock),
    nowMs: clock.nowMs(),
  });
  const watchers = audience.watched.map((repository) => ({
    repository: `${repository.owner}/${repository.repo}`,
    count: people?.watchers.get(repositoryKey(repository)) ?? null,
  }));
  return {
    ...headOf(plan),
    items: plan.items.flatMap((item) => {
      const entry = entries.get(item.id);
      return entry === undefined ? [] : [showFullItem(item, plan, entry)];
    }),
    notes: plan.notes.map(({ kind, text, about }) => ({ kind, text, about: about && formatRef(about) })),
    due: { ...assessment, notifies: people === null ? null : assessment.notifies, watchers },
  };
}

/** Null when GitHub cannot be asked: the plan itself is shown all the same. */
async function peopleOf({ github }: OperationContext, { issues, watched }: Audience): Promise<People | null> {
  return loadPeople(github, { issues, repositories: watched }).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
}
