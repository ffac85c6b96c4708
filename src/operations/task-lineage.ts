/**
 * Shows a task's family: what stands above it, beside it and below it, what it waits for and what waits for it, each link
 * with who made it and when.
 *
 *     parasol task lineage 12
 *     parasol task lineage P3.M1.T8 --at 2026-05-01
 *
 * With `at` it also tells who was the parent at that moment, from GitHub's timeline; a date means its end in UTC. What the
 * reader may not see is counted and never named. A link to a parent that may not be seen leaves no trace in the timeline.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { instantAt } from '../core/instant-at.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import { buildLineage, throughBatch } from '../core/umbrella/lineage/build-lineage.ts';
import { type LedgerLink, ledgerLinks } from '../core/umbrella/lineage/ledger-links.ts';
import type { Lineage } from '../core/umbrella/lineage/lineage.ts';
import { parentAt } from '../core/umbrella/lineage/parent-at.ts';
import { loadLineage } from '../github/load-lineage.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import { loadDoneItems } from '../store/plan-store.ts';
import type { Operation, OperationContext } from './operation.ts';
import { refSchema } from './rollup-schema.ts';
import { storeOf } from './store-of.ts';

const input = z.object({
  ref: z.string().min(1).max(500).describe('#12, owner/repo#12, the address of the issue, or a planned id'),
  at: z.string().max(40).describe('a date or time such as 2026-05-01: who was the parent then').optional(),
});

const edge = z
  .object({
    ref: refSchema,
    title: z.string(),
    url: z.string(),
    state: z.enum(['open', 'closed']),
    link: z
      .object({
        source: z.enum(['scaffold', 'backfill', 'relink', 'drift', 'person', 'unknown']),
        rule: z.string().nullable().describe("the rule behind the plan's link, such as part_of"),
        plan: z.string().nullable().describe('the plan that made it, where the store knows'),
        by: z.string().nullable(),
        at: z.string().nullable().describe('UTC, ISO-8601'),
      })
      .readonly()
      .nullable(),
  })
  .readonly();
const group = z
  .object({ shown: z.array(edge).readonly(), private: z.int().describe('those that the reader may not see') })
  .readonly();

const lineageShape = {
  task: edge,
  ancestors: z.array(edge).readonly().describe('nearest first'),
  siblings: group,
  children: group,
  blockers: group,
  blocked: group,
};
const output = z.object({
  ...lineageShape,
  parentThen: z
    .object({
      at: z.string(),
      parent: z.discriminatedUnion('kind', [
        z
          .object({
            kind: z.literal('parent'),
            parent: refSchema,
            since: z.string().nullable(),
            by: z.string().nullable(),
          })
          .readonly(),
        z.object({ kind: z.literal('none') }).readonly(),
        z.object({ kind: z.literal('unknown'), reason: z.string() }).readonly(),
      ]),
    })
    .readonly()
    .nullable(),
});

export const taskLineage: Operation<typeof input, typeof output> = {
  name: 'task.lineage',
  summary: "Show a task's ancestors, siblings, children, blockers and what it blocks, with who linked them.",
  effect: 'read',
  input,
  output,
  run: show,
};

async function show(context: OperationContext, { ref, at }: z.output<typeof input>): Promise<z.output<typeof output>> {
  const moment = at === undefined ? null : momentOf(at);
  const task = await resolveRef(context.github, ref, { defaultRepository: context.defaultRepository });
  const facts = await loadLineage(context.github, task);
  const history = { events: facts.parentEvents, isWhole: facts.isHistoryWhole, createdAt: facts.createdAt };
  if (moment !== null) demandLived(moment, { now: context.now(), createdAt: facts.createdAt, task });
  const lineage: Lineage = buildLineage(facts, await ledgerAtHand(context, task));
  if (moment === null) return { ...lineage, parentThen: null };
  const parent = parentAt(history, moment.instant);
  const shown = parent.kind === 'parent' ? { ...parent, parent: throughBatch(facts, parent.parent) } : parent;
  return { ...lineage, parentThen: { at: moment.instant, parent: shown } };
}

/** A family may lie in many repositories; the plans of the task's own are the ones that link it. */
async function ledgerAtHand(context: OperationContext, task: Ref): Promise<readonly LedgerLink[]> {
  if (context.isStoreOpen?.() !== true && context.hasStore?.() !== true) return [];
  try {
    return ledgerLinks(await loadDoneItems(await storeOf(context), task));
  } catch (cause) {
    // What GitHub knows of each link stands without the ledger.
    if (cause instanceof UserError) return [];
    throw cause;
  }
}

interface Lifetime {
  readonly now: string;
  readonly createdAt: string;
  readonly task: Ref;
}

function demandLived({ begins, instant }: Moment, { now, createdAt, task }: Lifetime): void {
  const name = formatRef(task);
  if (Date.parse(begins) > Date.parse(now)) {
    throw new UserError(
      'usage',
      `${instant} has not come yet: nobody knows the parent of ${name} then.`,
      `Now is ${now}.`,
    );
  }
  if (Date.parse(instant) >= Date.parse(createdAt)) return;
  throw new UserError(
    'usage',
    `${name} did not exist on ${instant}.`,
    `It was opened on ${createdAt}: ask for a later time.`,
  );
}

/** A date means its end, but has come with its beginning: today is no future. */
interface Moment {
  readonly begins: string;
  /** In UTC. */
  readonly instant: string;
}

const dateSchema = z.iso.date();
const timeSchema = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);

function momentOf(text: string): Moment {
  if (dateSchema.safeParse(text).success) return { begins: `${text}T00:00:00Z`, instant: `${text}T23:59:59Z` };
  if (timeSchema.safeParse(text).success) {
    const instant = instantAt(Date.parse(text));
    return { begins: instant, instant };
  }
  throw new UserError('usage', `"${text}" is no date.`, 'Give a date such as 2026-05-01, or 2026-05-01T09:30:00Z.');
}
