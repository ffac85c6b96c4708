/**
 * Tells the order in which open changes are best merged: the one in which the least work has to be done again.
 *
 *     parasol risk queue --repo PATH --base main
 *     parasol risk queue octo/harbor --drafts
 *
 * Each change carries why it stands where it does, what merging it first or last would cost, and what it conflicts with; the
 * next ten merges are printed as `gh` commands where the changes are pull requests. Nothing is merged, and nothing written.
 */
import * as z from 'zod';
import type { PlaceReason } from '../core/risk/order/explain-places.ts';
import { choiceInWords, reasonInWords } from '../core/risk/order/place-words.ts';
import type { QueuePlan } from '../core/risk/plan-queue.ts';
import { basesOf } from '../core/risk/redo-after.ts';
import { loadRisk } from './load-risk.ts';
import type { Operation, OperationContext } from './operation.ts';
import type { RiskFacts, RiskWish } from './risk-facts.ts';
import { orderInput, riskChangeSchema, riskOutput, wishOf } from './risk-schema.ts';
import { changesInOrder, importsOf, importsSchema, queueOf } from './show-risk.ts';

const input = z.object(orderInput);

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const rework = z
  .object({ hits: z.number().describe('changes expected to be redone'), weight: z.number().describe('their weight') })
  .readonly();
const conflict = z
  .object({
    name: z.string(),
    probability: z.number(),
    basis: z.enum(['verified', 'estimated']).describe('by a trial merge, or by files, lines and history alone'),
  })
  .readonly();

const placeSchema = z
  .object({
    ...riskChangeSchema.unwrap().shape,
    reason: z.string().describe('why it stands here'),
    choice: z.string().describe('what merging it first or last makes others do').nullable(),
    hitBy: list(conflict).describe('what it conflicts with that merges before it'),
    hits: list(conflict).describe('what it conflicts with that merges after it'),
    hitChance: z.number().describe('that it has to be redone, 0–1'),
    first: rework.describe('what is hit when it merges before all others'),
    last: rework.describe('what is hit when it merges after all others'),
    weight: z.number().describe('what it costs to redo it: changed lines, more where much depends on them'),
    impact: list(z.string()).describe('in words, the weightiest first'),
    heldBy: list(z.string()).describe('what keeps it from merging'),
    waitDays: z.number().nullable().describe('until it is merged here at the recorded rate'),
  })
  .readonly();

const output = z.object({
  ...riskOutput,
  places: list(placeSchema).describe('in the order in which they are best merged'),
  next: list(
    z
      .object({
        name: z.string(),
        command: z.string(),
        redoAfter: list(z.string()).describe('what hits it before, surely or likely: see redo'),
        redo: list(conflict).describe(
          'the same with what is known of each; unlikely ones only where one of them is likely',
        ),
        before: list(z.string()).describe('what is to be done or seen right before'),
      })
      .readonly(),
  ).describe('at most ten, as commands; none where nothing is a pull request on GitHub'),
  expected: rework.describe('in this order'),
  oldestFirst: rework.describe('with the oldest first'),
  proof: z
    .enum(['optimal', 'capped', 'searched'])
    .describe(
      'optimal: no order that keeps readiness, priorities and dependencies redoes less; capped: but for the cap on the wait; searched: nothing is proven, as wherever a pair is unknown',
    ),
  estimatedPairs: z.int().describe('conflicts that count by their probability; all others are verified'),
  verifiedPairs: z.int(),
  regenerate: list(
    z
      .object({ a: z.string(), b: z.string(), basis: z.enum(['verified', 'estimated']), paths: list(z.string()) })
      .readonly(),
  ).describe('pairs that meet only in files that are made anew'),
  unknown: list(z.object({ a: z.string(), b: z.string(), reason: z.string() }).readonly()),
  unlisted: z.int().describe('further pairs that nobody knows of, too many to be in unknown'),
  circles: list(list(z.string())).describe('changes that wait for each other'),
  imports: importsSchema,
});

export const riskQueue: Operation<typeof input, typeof output> = {
  name: 'risk.queue',
  summary: 'Order open changes so that the least work is done again, with reasons.',
  effect: 'read',
  input,
  output,
  run: buildQueue,
};

async function buildQueue(context: OperationContext, asked: z.output<typeof input>): Promise<RiskQueueReport> {
  const wish = wishOf(asked);
  return queueReport(await loadRisk(context, wish), wish);
}

export type RiskQueueReport = z.output<typeof output>;

/** The same of facts that were loaded already. */
export function queueReport(facts: RiskFacts, wish: RiskWish): RiskQueueReport {
  const plan = queueOf(facts, wish);
  const { order, pairs, leftOut, next } = plan;
  const { repository, base, gaps } = facts;
  const remarks = [...facts.remarks, ...facts.orderRemarks, ...whyNoCommands(facts)];
  const verifiedPairs = pairs.edges.filter(({ basis }) => basis === 'verified').length;
  return {
    ...{ repository, base, gaps, remarks, leftOut, next, verifiedPairs },
    places: placesOf(facts, plan),
    expected: order.rework,
    oldestFirst: order.oldestFirst,
    proof: pairs.unknown.length + (facts.unlisted ?? 0) > 0 ? 'searched' : order.proof,
    estimatedPairs: pairs.edges.length - verifiedPairs,
    regenerate: pairs.regenerate,
    unknown: pairs.unknown,
    unlisted: facts.unlisted ?? 0,
    circles: order.circles,
    imports: importsOf(facts),
  };
}

/** Only pull requests on GitHub can be merged by a command; a clone alone knows them by its remote and its refs. */
function whyNoCommands({ repository, changes, mergeMethod }: RiskFacts): readonly string[] {
  if (changes.length === 0) return [];
  const hasPulls = changes.some(({ number }) => number !== null);
  if (repository !== null) return mergeMethod === null && hasPulls ? [NO_METHOD] : [];
  if (changes.every(({ number }) => number === null))
    return ['No gh commands: none of the heads is called like the head of a pull request (refs/pull/N/head).'];
  return [
    "No gh commands: the clone's remote origin is no repository on github.com. parasol risk queue OWNER/REPO --repo PATH asks GitHub as well.",
  ];
}

const NO_METHOD =
  'The gh commands do not say how to merge, because a clone does not tell what the repository allows: gh asks, or add --merge, --squash or --rebase. parasol risk queue OWNER/REPO --repo PATH knows.';

function unknownByName({ pairs }: QueuePlan): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const note = (name: string, other: string): void => {
    const known = names.get(name);
    if (known === undefined) names.set(name, [other]);
    else known.push(other);
  };
  for (const { a, b } of pairs.unknown) {
    note(a, b);
    note(b, a);
  }
  return names;
}

const MOST_UNKNOWN = 3;

interface About {
  readonly priorityLabel: string | null;
  readonly unknown: readonly string[];
  /** Unknown pairs are too many to be told one by one. */
  readonly hasUnlisted: boolean;
}

/** Unknown never passes for clean; of what is not ready it is said what keeps it from being so. */
function whyHere(reason: PlaceReason, { priorityLabel, unknown, hasUnlisted }: About): string {
  const known =
    reason.kind === 'priority' && priorityLabel !== null ? `priority: label ${priorityLabel}` : reasonInWords(reason);
  if ((unknown.length === 0 && !hasUnlisted) || reason.kind === 'not_ready') return known;
  const more = unknown.length > MOST_UNKNOWN ? ` and ${unknown.length - MOST_UNKNOWN} more` : '';
  const words = reason.kind === 'free' ? 'conflicts with nothing that is known' : known;
  if (hasUnlisted) return `${words}; unknown with those that nobody could judge`;
  return `${words}; unknown with ${unknown.slice(0, MOST_UNKNOWN).join(', ')}${more}`;
}

function placesOf(facts: RiskFacts, plan: QueuePlan): RiskQueueReport['places'] {
  const unknown = unknownByName(plan);
  const labels = new Map(facts.changes.map(({ name, priorityLabel }) => [name, priorityLabel]));
  const based = basesOf(plan.pairs.edges);
  const places = new Map(plan.order.places.map((place) => [place.name, place]));
  return changesInOrder(facts, plan).flatMap((change) => {
    const found = places.get(change.name);
    if (found === undefined) return [];
    const { reason, ...place } = found;
    const impact = plan.impact.get(change.name);
    return [
      {
        ...{ ...change, ...place },
        hitBy: based(place.name, place.hitBy),
        hits: based(place.name, place.hits),
        reason: whyHere(reason, {
          priorityLabel: labels.get(change.name) ?? null,
          unknown: unknown.get(change.name) ?? [],
          hasUnlisted: (facts.unlisted ?? 0) > 0,
        }),
        choice: place.hits.length + place.hitBy.length === 0 ? null : choiceInWords(place),
        weight: impact?.weight ?? 0,
        impact: impact?.factors.map(({ what }) => what) ?? [],
        heldBy: plan.held.get(change.name) ?? [],
      },
    ];
  });
}
