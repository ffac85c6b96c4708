import * as z from 'zod';
import type { ConflictingFile, PairFinding } from '../core/risk/pair-risk.ts';
import type { RiskWish } from './risk-facts.ts';
import { gapSchema } from './rollup-schema.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const SECONDS = 'give whole seconds, from 1 to 86400';

/** What every question about integration risk takes. */
export const riskInput = {
  repository: z
    .string()
    .describe('owner/repo on GitHub, whose open pull requests are read; not asked where only a clone is given')
    .optional(),
  clone: z.string().describe('folder of a clone on this machine, where trial merges verify what happens').optional(),
  base: z.string().describe('the branch that the changes go into; the main one when left out').optional(),
  heads: z
    .array(z.string().min(1, "name refs, such as 'refs/heads/*'"))
    .describe("without GitHub, refs that stand for open changes, such as 'refs/pull/*/head' or 'refs/heads/*'")
    .optional(),
  drafts: z.boolean().describe('also drafts').default(false),
  bots: z.boolean().describe('also bots that update dependencies').default(false),
  idle: z.boolean().describe('also what nobody touched for 30 days').default(false),
  seconds: z.coerce
    .number({ error: SECONDS })
    .int(SECONDS)
    .min(1, SECONDS)
    .max(86_400, SECONDS)
    .describe(
      'how long to look into the clone; what trial merges do not reach is estimated, and goes on from there when asked again',
    )
    .default(120),
};

/** What every question about an order takes. */
export const orderInput = {
  ...riskInput,
  maxWait: z
    .string()
    .regex(/^[1-9]\d{0,3}[dh]$/, 'give days or hours, such as 7d or 12h')
    .describe('such as 7d or 12h: nobody should wait longer; as configured, or in a clone alone without a cap')
    .optional(),
};

export const riskInputSchema = z.object(riskInput);

/** The wish behind such an input. */
export function wishOf(input: z.output<typeof riskInputSchema> & { readonly maxWait?: string | undefined }): RiskWish {
  const { repository, clone, base, heads, drafts, bots, idle, seconds, maxWait } = input;
  return { repository, clone, base, heads, seconds, maxWait, scope: { drafts, dependencyBots: bots, idle } };
}

const conflictingFileSchema = z
  .object({
    path: z.string(),
    kind: z.string().describe('as git names it: content, modify/delete, rename/rename …'),
    ranges: list(z.object({ from: z.int(), to: z.int() }).readonly()).describe(
      'lines of the file as the base has it, from 1; where both put lines in, the one before; none where the base has no such file',
    ),
    regenerate: z.boolean().describe('made anew rather than merged by hand; carries no weight'),
  })
  .readonly() satisfies z.ZodType<ConflictingFile>;

const findingSchema = z.union([
  z.object({ basis: z.literal('verified'), verdict: z.literal('clean') }).readonly(),
  z
    .object({ basis: z.literal('verified'), verdict: z.literal('conflict'), files: list(conflictingFileSchema) })
    .readonly(),
  z
    .object({
      basis: z.literal('verified'),
      verdict: z.literal('depends_on'),
      dependent: z.string(),
      on: z.string(),
      files: list(conflictingFileSchema),
    })
    .readonly(),
  z.object({ basis: z.null(), verdict: z.literal('unknown'), reason: z.string() }).readonly(),
  z
    .object({ basis: z.null(), verdict: z.literal('waits'), held: z.string(), reason: z.string() })
    .readonly()
    .describe('`held` does not merge onto the base: what else it meets is told once it does'),
  z
    .object({
      basis: z.literal('estimated'),
      probability: z.number().min(0).max(1),
      factors: list(z.object({ what: z.string(), logOdds: z.number() }).readonly()).describe(
        'their log-odds add up, from -9.21 for changes that share nothing (1 in 10,000), to those of the probability',
      ),
      regenerate: z.literal(true).describe('they share only files that are made anew').optional(),
      stack: z
        .object({ dependent: z.string(), on: z.string() })
        .readonly()
        .describe('who stands on whom, where nobody merged them on trial')
        .optional(),
    })
    .readonly(),
]) satisfies z.ZodType<PairFinding>;

export const pairSchema = z.object({ a: z.string(), b: z.string(), finding: findingSchema }).readonly();

const onBaseSchema = z
  .union([
    z.object({ verdict: z.enum(['clean', 'merged', 'not_verified']) }).readonly(),
    z.object({ verdict: z.literal('conflict'), files: list(conflictingFileSchema) }).readonly(),
    z.object({ verdict: z.literal('unknown'), reason: z.string() }).readonly(),
    z
      .object({ verdict: z.literal('reported_conflict') })
      .readonly()
      .describe('GitHub says that it conflicts; nobody merged it on trial'),
  ])
  .describe('what happens when it merges onto the base as that stands');

export const riskChangeSchema = z
  .object({
    name: z.string().describe('#12, or the name of a ref'),
    number: z.int().nullable().describe('of the pull request on GitHub'),
    title: z.string(),
    url: z.string().nullable(),
    author: z.string().nullable(),
    headSha: z.string().describe('empty where its ref is broken'),
    place: z.int().describe('in the merge order, from 1'),
    onBase: onBaseSchema,
  })
  .readonly();

/** What every answer about integration risk says of itself. */
export const riskOutput = {
  repository: z.object({ owner: z.string(), repo: z.string() }).readonly().nullable(),
  base: z.object({ name: z.string(), commit: z.string().nullable() }).readonly(),
  leftOut: list(
    z.object({ name: z.string(), why: z.enum(['a draft', 'updates dependencies', 'idle for 30 days']) }).readonly(),
  ),
  gaps: list(gapSchema).describe('what could not be read'),
  remarks: list(z.string()),
};
