import * as z from 'zod';
import { UserError } from '../../failure.ts';
import { inOurWords, pathWords } from '../../schema-words.ts';
import type { HistoryChange } from './build-history-world.ts';

const rowSchema = z.object({
  number: z.int(),
  author: z.string(),
  openedBy: z.string().nullish(),
  reviewers: z.array(z.string()),
  openedAt: z.iso.datetime(),
  mergedAt: z.iso.datetime(),
  firstReviewAt: z.iso.datetime().nullish(),
  changedLines: z.int().nonnegative(),
  changedLinesByDirectory: z.record(z.string(), z.number().nonnegative()),
}) satisfies z.ZodType<HistoryChange>;

/** The changes of a trace, one a line as JSON; throws `usage` with the line that is none, empty ones and a byte order mark left out. */
export function parseReviewTrace(text: string, name: string): readonly HistoryChange[] {
  const lineOf = new Map<number, number>();
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((row, place) => {
      if (row.trim() === '') return [];
      const change = parseRow(row, `${name}, line ${place + 1}`);
      const before = lineOf.get(change.number);
      if (before !== undefined)
        throw refusal(
          `${name}, line ${place + 1} is no change of its own: line ${before} has number ${change.number} too.`,
        );
      lineOf.set(change.number, place + 1);
      return [change];
    });
}

function parseRow(row: string, place: string): HistoryChange {
  const parsed = rowSchema.safeParse(jsonOf(row, place), inOurWords);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const wrong = issue === undefined ? 'it cannot be read' : `${pathWords(issue.path)} ${issue.message}`;
    throw refusal(`${place} is no change: ${wrong}.`);
  }
  const { openedAt, mergedAt } = parsed.data;
  if (Date.parse(mergedAt) < Date.parse(openedAt))
    throw refusal(`${place} is no change: mergedAt, ${mergedAt}, is before openedAt, ${openedAt}.`);
  return parsed.data;
}

function jsonOf(row: string, place: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    throw refusal(`${place} is no JSON.`);
  }
}

const refusal = (message: string): UserError =>
  new UserError(
    'usage',
    message,
    'A line is {"number":1,"author":"kim","reviewers":["ravi"],"openedAt":"2026-01-05T09:00:00Z","firstReviewAt":"2026-01-05T15:00:00Z","mergedAt":"2026-01-06T09:00:00Z","changedLines":12,"changedLinesByDirectory":{"src":12}}; firstReviewAt may be left out, and openedBy tells the account that opened it for an agent.',
  );
