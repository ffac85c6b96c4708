/**
 * Tells how risky an open change is to integrate: which others it conflicts with and where, and what redoing it would cost.
 *
 *     parasol risk score 12
 *     parasol risk score feature/tides --repo PATH --heads 'refs/heads/*'
 *     parasol risk score --repo PATH
 *
 * Without a change all pairs that may conflict are told. Each says whether it is verified by a trial merge, with files and
 * lines, or estimated, with the reasons behind its probability. A change that is asked for is looked at even as a draft; those
 * of its pairs whose other side is left out of matrix and queue say so.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { assessImpact } from '../core/risk/impact.ts';
import { leaveOut } from '../core/risk/leave-out.ts';
import { likelyHeads } from '../core/risk/likely-heads.ts';
import { isWorthTelling } from '../core/risk/mark-of-finding.ts';
import { stackOf } from '../core/risk/pair-risk.ts';
import { readPairs } from '../core/risk/read-pairs.ts';
import { isManual } from '../core/risk/risk-of-pull-request.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { parseRef } from '../core/task/identity.ts';
import { loadRisk } from './load-risk.ts';
import type { Operation, OperationContext } from './operation.ts';
import type { RiskChange, RiskFacts, RiskWish } from './risk-facts.ts';
import { pairSchema, riskChangeSchema, riskInput, riskOutput, wishOf } from './risk-schema.ts';
import { importsOf, importsSchema, shownChange } from './show-risk.ts';

const input = z.object({
  change: z
    .string()
    .describe('a pull request (#12), or in a clone the name of a ref or a commit id; all when left out')
    .optional(),
  ...riskInput,
});

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const scoredSchema = z
  .object({
    ...riskChangeSchema.unwrap().omit({ place: true }).shape,
    impact: z
      .object({
        weight: z.number().describe('what it costs to redo: lines, more where much depends on them'),
        lines: z.int().describe('changed in the files in which it meets others'),
        uncounted: list(z.string()).describe('files whose lines nobody shows'),
        factors: list(z.string()).describe('in words, the weightiest first'),
      })
      .readonly(),
  })
  .readonly();

const output = z.object({
  ...riskOutput,
  leftOut: riskOutput.leftOut.describe(
    'of one change that was asked for: those of its pairs, and itself, that all else leaves out',
  ),
  change: z.string().nullable().describe('the one that was asked for'),
  changes: list(scoredSchema).describe('the one that was asked for, else all that meet another or do not merge'),
  pairs: list(pairSchema).describe('the likeliest to conflict first; what is not here is clean'),
  looked: z.int().describe('changes that were looked at'),
  imports: importsSchema,
});

export const riskScore: Operation<typeof input, typeof output> = {
  name: 'risk.score',
  summary: 'Score how risky open changes are to integrate: likelihood, places, impact.',
  effect: 'read',
  input,
  output,
  run: scoreChanges,
};

async function scoreChanges(
  context: OperationContext,
  asked: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const { change, ...rest } = asked;
  const wish = wishFor(wishOf(rest), change);
  const facts = await loadRisk(context, wish);
  const name = (facts.asked ?? wish.only)?.[0] ?? null;
  if (name !== null && !facts.changes.some((one) => one.name === name)) throw noSuchChange(name, facts);
  const { leftOut } = leaveOut(facts.changes, { ...wish.scope, now: facts.limits.now });
  const absent = new Set(leftOut.map((one) => one.name));
  const looked = facts.changes.filter((one) => !absent.has(one.name) || one.name === name);
  const names = new Set(looked.map((one) => one.name));
  const pairs = facts.pairs.filter(({ a, b }) =>
    name === null ? names.has(a) && names.has(b) : [a, b].includes(name),
  );
  const told = pairs.filter(({ finding }) => isWorthTelling(finding));
  const { meets } = readPairs(facts, names);
  const { repository, base, gaps, remarks } = facts;
  const shown = looked.filter((one) => (name === null ? isTold(one, facts, meets) : one.name === name));
  return {
    ...{ repository, base, gaps, remarks, change: name, looked: looked.length },
    leftOut: leftOut.filter(
      (one) => name === null || one.name === name || told.some(({ a, b }) => [a, b].includes(one.name)),
    ),
    changes: shown.map((one) => scored(one, facts, meets.get(one.name) ?? [])),
    pairs: told.toSorted((one, other) => likelihood(other) - likelihood(one)),
    imports: importsOf(facts),
  };
}

/**
 * `12`, `#12`, `octo/harbor#12` and addresses mean a pull request; what is none of them is a ref of a clone, and where GitHub
 * is read it is refused.
 */
function wishFor(wish: RiskWish, change: string | undefined): RiskWish {
  if (change === undefined) return wish;
  const parsed = parseRef(change, { defaultRepository: NOWHERE, ids: [] });
  if (parsed === null || 'plannedId' in parsed) {
    if (wish.clone === undefined || wish.repository !== undefined) throw noPullRequest(change);
    return { ...wish, only: [change], isThorough: true };
  }
  const isNamed = parsed.owner !== NOWHERE.owner;
  return {
    ...wish,
    only: [`#${parsed.number}`],
    isThorough: true,
    ...(isNamed && { repository: `${parsed.owner}/${parsed.repo}` }),
  };
}

function noPullRequest(change: string): UserError {
  const isRepository = /^[\w.-]+\/[\w.-]+$/.test(change);
  const name = isRepository ? change : 'OWNER/REPO';
  const hint = `Name one (12, #12, ${name}#12); all of a repository: parasol risk score --repo ${name}; a ref of a clone: --repo PATH.`;
  return new UserError('usage', `${JSON.stringify(change)} is no pull request.`, hint);
}

/** Stands for the repository that is meant anyway; GitHub has no such name. */
const NOWHERE = { owner: '-', repo: '-' };

function noSuchChange(name: string, { base, changes, merged = [] }: RiskFacts): UserError {
  if (merged.includes(name)) {
    const hint = 'There is nothing left of it to integrate; of all others: parasol risk score without a change.';
    return new UserError('not_found', `${base.name} holds ${name} already.`, hint);
  }
  const hint = changes.length === 0 ? 'There are none at all.' : whichThereAre(name, changes);
  return new UserError('not_found', `${name} is no open change into ${base.name}.`, hint);
}

/** A commit that somebody begins to type is named with it, or nobody would know why. */
function whichThereAre(name: string, changes: readonly RiskChange[]): string {
  const likely = likelyHeads(name, changes).map((one) =>
    one.headSha.startsWith(name.toLowerCase()) ? `${one.name} (commit ${one.headSha.slice(0, 12)})` : one.name,
  );
  if (likely.length > 0) return `Did you mean ${likely.join(' or ')}?`;
  const some = changes.slice(0, MOST_NAMED).map((one) => one.name);
  const left = changes.length - some.length;
  return `There are ${some.join(', ')}${left > 0 ? ` and ${left} more` : ''}.`;
}

const MOST_NAMED = 5;

const isTold = ({ name }: RiskChange, { onBase }: RiskFacts, meets: ReadonlyMap<string, unknown>): boolean =>
  meets.has(name) || ['conflict', 'reported_conflict', 'unknown'].includes(onBase.get(name)?.verdict ?? '');

function scored(change: RiskChange, facts: RiskFacts, met: readonly TouchedFile[]): z.output<typeof scoredSchema> {
  const { dependents, isRegenerated } = facts;
  const impact = assessImpact({ files: met, dependents, isRegenerated });
  return {
    ...shownChange(change, facts),
    impact: { ...impact, factors: impact.factors.map(({ what }) => what) },
  };
}

type Pair = z.output<typeof pairSchema>;

/** For the order alone: conflicts first, what nobody knows after the likely ones. */
function likelihood({ finding }: Pair): number {
  if (stackOf(finding) !== null) return 0.2;
  if (finding.basis === 'estimated') return finding.probability;
  if (finding.verdict === 'conflict') return isManual(finding.files) ? 2 : 0.4;
  return finding.verdict === 'unknown' ? 0.3 : 0.2;
}
