/**
 * Replays the past of a repository twice: with every change given to whoever really reviewed it first, and given out as Parasol
 * would. Tells the waits, what was over its time, and who had how much; and beside it the record, how long it really took.
 *
 *     parasol reviewers simulate --last 500
 *     parasol reviewers simulate --trace reviews.jsonl
 *
 * A trace has one merged change a line: number, author, reviewers, openedAt, mergedAt, changedLines, changedLinesByDirectory, and
 * firstReviewAt where the record is to be told. The replays are no record: how much time people had and when they sat down is
 * supposed, the same for both, as the notes say. Nothing is written.
 */
import * as z from 'zod';
import { type HistoryChange, SETTLING_DAYS } from '../core/reviewers/simulation/build-history-world.ts';
import { historyOfPulls } from '../core/reviewers/simulation/history-of-pulls.ts';
import { parseReviewTrace } from '../core/reviewers/simulation/parse-review-trace.ts';
import { type HistorySide, simulateHistory } from '../core/reviewers/simulation/simulate-history.ts';
import { startGathering } from '../github/gathering.ts';
import { loadConfig } from '../github/load-config.ts';
import { loadPullReviews } from '../github/load-pull-reviews.ts';
import { configInForce } from './config-in-force.ts';
import type { Operation, OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';
import { repositoryInput } from './reviewers-schema.ts';
import { gapSchema } from './rollup-schema.ts';

const MOST = 2000;
const LAST = `is a whole number from 1 to ${MOST}`;
/** 25,000 changes: more than ten years of a busy repository. */
const LONGEST_TRACE = 5_000_000;

const input = z.object({
  repository: repositoryInput,
  last: z.coerce
    .number({ error: LAST })
    .int(LAST)
    .min(1, LAST)
    .max(MOST, LAST)
    .describe('the pull requests that ended last; 500 when left out. A trace is taken whole')
    .default(500),
  trace: z
    .string()
    .max(LONGEST_TRACE)
    .describe('a file with one merged change a line, in place of the repository')
    .optional(),
  traceName: z.string().describe('name of that file').optional(),
});

const quantile = z
  .number()
  .nullable()
  .describe('null where so many changes got no review that it is beyond the end, see `horizonDays`');

const figures = z
  .object({
    p50Hours: quantile,
    p95Hours: quantile,
    breachShare: z.number().describe('share of the changes that waited for more than 48 hours'),
    utilisationGini: z.number().describe('0: everybody has as much of their time taken; towards 1: one has everything'),
    p95Open: z.number().describe('open requests of one person on a day, exceeded on one day in twenty'),
    capabilityShare: z.number().describe('share of the reviews by somebody who knew the folders'),
    handOffShare: z.number(),
    undone: z.int().describe('changes without a review at the end, which wait longer than all others'),
  })
  .readonly();

const side = z
  .object({
    figures,
    loads: z
      .array(
        z
          .object({
            id: z.string(),
            utilisation: z
              .number()
              .nullable()
              .describe('work taken on over the time there was while changes were opened; may be above 1'),
            taken: z.number().describe('units'),
            asked: z.int(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

const output = z.object({
  of: z.string().describe('the repository, or the name of the trace'),
  changes: z.int().describe('that were replayed'),
  from: z.string().nullable(),
  until: z.string().nullable(),
  horizonDays: z.int().describe('so long a replay goes on after the last change was opened'),
  record: z
    .object({
      reviewed: z.int().describe('changes whose first review has a time: the waits are theirs'),
      p50Hours: z.number(),
      p95Hours: z.number(),
      breachShare: z.number().describe('share of those that waited for more than 48 hours'),
      unreviewed: z.int().describe('merged without a review'),
      untimed: z.int().describe('reviewed, and nobody knows when'),
    })
    .readonly()
    .nullable()
    .describe('how long it really took; null where no first review has a time'),
  comparisons: z
    .array(
      z
        .object({
          utilisation: z.number().describe('share of everybody’s time that the work is supposed to take'),
          today: side.describe('given to whoever really reviewed it first; replayed, not the record'),
          ours: side,
          difference: z
            .object({
              p95Hours: z
                .number()
                .describe('of ours less that of today; below 0: shorter. No review: waits to the end'),
              interval: z
                .object({ low: z.number(), high: z.number() })
                .readonly()
                .nullable()
                .describe('95 % of chance in which changes came; null where there are too few of them to tell'),
            })
            .readonly(),
        })
        .readonly(),
    )
    .readonly()
    .describe('none where too little was reviewed'),
  gaps: z.array(gapSchema).readonly(),
  remarks: z.array(z.string()).readonly(),
});

export const reviewersSimulate: Operation<typeof input, typeof output> = {
  name: 'reviewers.simulate',
  summary: "Replay a repository's past: today's way of giving out reviews against Parasol's.",
  effect: 'read',
  input,
  output,
  run: simulate,
};

type Asked = z.output<typeof input>;

interface Trace {
  readonly of: string;
  readonly history: readonly HistoryChange[];
  readonly gaps: z.output<typeof output>['gaps'];
  readonly remarks: readonly string[];
}

async function simulate(context: OperationContext, asked: Asked): Promise<z.output<typeof output>> {
  const { of, history, gaps, remarks } = asked.trace === undefined ? await readPast(context, asked) : readTrace(asked);
  context.onProgress?.({ label: 'replaying', done: 0, total: history.length });
  const simulated = simulateHistory(history);
  if (simulated.kind === 'too_little') {
    const nothing = { changes: history.length, from: null, until: null, record: null, comparisons: [] };
    const why = `There is too little to simulate: ${tooLittle(history.length)}.`;
    return { of, horizonDays: SETTLING_DAYS, ...nothing, gaps, remarks: [...remarks, why] };
  }
  const { changes, from, until, comparisons } = simulated;
  return {
    ...{ of, changes, from, until, gaps, horizonDays: SETTLING_DAYS },
    record: simulated.record === null ? null : roundedNumbers(simulated.record),
    comparisons: comparisons.map(({ utilisation, today, ours, difference }) => ({
      utilisation,
      today: rounded(today),
      ours: rounded(ours),
      difference: {
        ...roundedNumbers(difference),
        interval: difference.interval === null ? null : roundedNumbers(difference.interval),
      },
    })),
    remarks: [...remarks, ...simulated.doubts.map(doubtInWords)],
  };
}

function tooLittle(merged: number): string {
  if (merged === 0) return 'no change was merged yet';
  const who = 'it takes one person who reviewed three of them first';
  if (merged < 3) return `${merged} merged ${merged === 1 ? 'change is' : 'changes are'} too few, as ${who}`;
  return `${who}, and of these ${merged} merged changes nobody did`;
}

async function readPast(context: OperationContext, asked: Asked): Promise<Trace> {
  const repository = repositoryOf(context, asked.repository);
  const gathering = startGathering(context.github);
  const texts = await loadConfig(context.github, repository);
  const { config, remarks } = configInForce(texts, repository.owner);
  const past = await loadPullReviews(gathering, repository, {
    which: 'past',
    limit: asked.last,
    onPage: (read) => context.onProgress?.({ label: 'reading past pull requests', done: read, total: asked.last }),
  });
  return {
    of: `${repository.owner}/${repository.repo}`,
    history: historyOfPulls(past, config.reviewers.agents),
    gaps: [...texts.gaps, ...gathering.gaps],
    remarks,
  };
}

function readTrace({ trace = '', traceName = 'the trace' }: Asked): Trace {
  return { of: traceName, history: parseReviewTrace(trace, traceName), gaps: [], remarks: [] };
}

type Doubt = Extract<ReturnType<typeof simulateHistory>, { kind: 'simulated' }>['doubts'][number];

function doubtInWords(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'utilisation_supposed':
      return 'How much time people have for reviews is in no record: two shares of it are supposed.';
    case 'hours_drawn':
      return 'When people sit down to review is drawn, one hour of each working day, the same for both ways.';
    case 'few_changes':
      return `${doubt.count} changes are few: the 95th of 100 waits is decided by a handful.`;
    case 'few_reviewers':
      return `${doubt.count === 1 ? '1 person' : `${doubt.count} people`} reviewed three times or more: there is little to choose from.`;
    case 'first_reviewer_drawn':
      return `Of ${doubt.count} changes the first reviewer is unknown or rarely reviews: somebody was drawn for today's way.`;
    case 'sole_reviewer_wrote':
      return `${doubt.login} alone reviewed three times or more, and wrote or opened ${doubt.count} of the changes: in the replay nobody can review those.`;
  }
}

const rounded = ({ figures: all, loads }: HistorySide): z.output<typeof side> => ({
  figures: roundedNumbers(all),
  loads: loads.map(roundedNumbers),
});

/** Three decimals of each number: what is beyond them is no knowledge. */
const roundedNumbers = <Row extends object>(row: Row): Row => ({
  ...row,
  ...Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (typeof value === 'number' ? [[name, threeDecimals(value)]] : [])),
  ),
});

const threeDecimals = (value: number): number => Math.round(value * 1000) / 1000;
