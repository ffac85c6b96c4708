/**
 * Tells where an umbrella's own text and the world have drifted apart.
 *
 *     parasol umbrella drift 12
 *     parasol umbrella drift 12 --fix
 *
 * It finds tasks that a list in the text names and that are no sub-issues, sub-issues that the list lacks, checkboxes out
 * of step with their tasks, and counts or percentages that are no longer true. Mentions, code and quotes are not judged.
 * Nothing is written into the text that not all its readers may see: a private sub-issue is told here and put in no list.
 * `fix` keeps what sets right all that needs nobody's decision as a plan: `plan apply`, or `--write` at once.
 *
 * Exit code 1 where something was found, 2 where the sub-issues could not be read, so that nobody can say.
 */
import * as z from 'zod';
import type { TaskFacts } from '../core/task/facts.ts';
import { formatRef, type Ref, refKey } from '../core/task/identity.ts';
import { audienceOf } from '../core/umbrella/audience.ts';
import { assessDrift } from '../core/umbrella/drift/assess-drift.ts';
import type { ListedThing } from '../core/umbrella/drift/drift.ts';
import { driftOfSnapshot, unreadListed } from '../core/umbrella/drift/drift-of-snapshot.ts';
import { keepReadersEdits } from '../core/umbrella/drift/keep-readers-edits.ts';
import { planDriftFix } from '../core/umbrella/drift/plan-drift-fix.ts';
import type { GitHubClient } from '../github/client.ts';
import { loadLinkEnds } from '../github/load-link-ends.ts';
import { loadListedThings } from '../github/load-listed-things.ts';
import { loadUmbrella } from '../github/load-umbrella.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import { configInForce } from './config-in-force.ts';
import type { Operation, OperationContext } from './operation.ts';
import { gapSchema, refSchema } from './rollup-schema.ts';
import { savePlan } from './save-plan.ts';

const input = z.object({
  ref: z.string().min(1).max(500).describe('#12, owner/repo#12, the address of the issue, or a planned id'),
  fix: z.boolean().describe('keep what sets it right as a plan that can be applied').default(false),
});

const finding = z.object({
  kind: z.enum(['not_linked', 'not_listed', 'box', 'summary']),
  ref: refSchema.nullable(),
  line: z.int().nullable().describe('of the body, from 1'),
  quote: z.string().nullable().describe('words of the body'),
  text: z.string(),
  fixable: z.boolean().describe('false where a person has to decide'),
});

const output = z.object({
  umbrella: z.string().describe('owner/repo#number'),
  verdict: z.enum(['in_step', 'drifted', 'unknown']),
  findings: z.array(finding).readonly(),
  gaps: z.array(gapSchema).readonly().describe('what could not be read'),
  plan: z.string().nullable().describe('id of the plan that sets it right, where one was asked for and can'),
});

export const umbrellaDrift: Operation<typeof input, typeof output> = {
  name: 'umbrella.drift',
  summary: "Tell where an umbrella's text and its sub-issues have drifted apart.",
  effect: 'read',
  needsStore: ({ fix }) => fix,
  input,
  output,
  run: findDrift,
};

async function findDrift(
  context: OperationContext,
  { ref, fix }: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const umbrella = await resolveRef(context.github, ref, { defaultRepository: context.defaultRepository });
  const snapshot = await loadUmbrella(context.github, umbrella);
  const task = snapshot.tasks.get(refKey(snapshot.umbrella));
  if (task === undefined) throw new Error(`${formatRef(umbrella)} is not in its own snapshot`);
  const others = await loadListedThings(context.github, unreadListed(snapshot, task));
  const { config } = configInForce(snapshot);
  const ancestors = await loadAncestors(context.github, task, others);
  const factsFor = (audience: 'viewer' | 'umbrella_readers') =>
    driftOfSnapshot(snapshot, task, { config, audience: audienceOf(snapshot, task, audience), others, ancestors });
  const facts = factsFor('viewer');
  const drift = keepReadersEdits(assessDrift(facts), assessDrift(factsFor('umbrella_readers')));
  const { findings, gaps } = drift;
  const draft = planDriftFix(facts, drift);
  return {
    umbrella: formatRef(task.ref),
    verdict: findings.length > 0 ? 'drifted' : gaps.length > 0 ? 'unknown' : 'in_step',
    findings: findings.map(({ fix: way, ...shown }) => ({ ...shown, fixable: way !== null })),
    gaps,
    plan: fix && draft.items.length > 0 ? (await savePlan(context, draft)).id : null,
  };
}

/** One call, and only where something is listed that may come under the umbrella and something stands above that. */
async function loadAncestors(
  github: GitHubClient,
  { ref, parent }: TaskFacts,
  others: ReadonlyMap<string, ListedThing>,
): Promise<readonly Ref[]> {
  if (parent === null) return [];
  const hasLoose = [...others.values()].some((thing) => thing.kind === 'issue' && thing.parent === null);
  if (!hasLoose) return [parent];
  const [end] = await loadLinkEnds(github, [ref]);
  return end?.ancestors ?? [parent];
}
