/**
 * Keeps when you review nothing, or nothing new. Only whoever runs it is spoken of, by their token, and only they are shown
 * it: nobody else learns of it, nor that an absence is why they were not asked.
 *
 *     parasol reviewers away 2026-12-20..2027-01-03                   asked for nothing, both days among them
 *     parasol reviewers away 2026-12-20..2027-01-03 --finish-only     what waits for me stays, nothing new comes
 *     parasol reviewers away --show                                   what is kept
 *     parasol reviewers away --end                                    I am back; before it begins: it is off
 *
 * Days are days in UTC. It is kept in the store, not on GitHub, and nobody is told.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { ABSENCE_FORM, parseAbsence } from '../core/reviewers/parse-absence.ts';
import { ABSENCE_LEVELS, type Absence } from '../core/reviewers/review-facts.ts';
import { loadOwnLogin } from '../github/load-own-login.ts';
import { leaseTime } from '../store/lease-time.ts';
import { endAbsences, loadAbsences, noteAbsence } from '../store/reviewers/absences.ts';
import type { Operation, OperationContext } from './operation.ts';
import { givenTime, storeOf } from './store-of.ts';

const input = z.object({
  range: z.string().min(1).max(50).describe(`${ABSENCE_FORM}, in UTC`).optional(),
  finishOnly: z.boolean().describe('what waits for you stays, and nothing new comes').optional(),
  end: z.boolean().describe('you are back; where you are not away, what is to come is off').optional(),
  show: z.boolean().describe('only tell what is kept').optional(),
});

const instant = z.string().describe('UTC, ISO-8601');

const output = z.object({
  login: z.string().describe('whose token it is: nobody else is spoken of, or shown this'),
  did: z.enum(['kept', 'ended', 'nothing']),
  absences: z
    .array(
      z
        .object({
          from: instant,
          until: instant.nullable().describe('the first moment after it; null: until it is ended'),
          level: z.enum(ABSENCE_LEVELS),
        })
        .readonly(),
    )
    .readonly()
    .describe('those that hold or are to come, earliest first'),
});

type Asked = z.output<typeof input>;
type Output = z.output<typeof output>;

export const reviewersAway: Operation<typeof input, typeof output> = {
  name: 'reviewers.away',
  summary: 'Keep when you review nothing, or nothing new: privately, in the store.',
  effect: 'write',
  needsStore: true,
  hints: { isDestructive: true, isIdempotent: true },
  input,
  output,
  run,
};

async function run(context: OperationContext, asked: Asked): Promise<Output> {
  const what = [asked.range !== undefined, asked.end === true, asked.show === true].filter(Boolean).length;
  if (what !== 1) {
    throw new UserError(
      'usage',
      'reviewers away takes days, --end or --show: one of them.',
      `Days are ${ABSENCE_FORM}.`,
    );
  }
  if (asked.finishOnly === true && asked.range === undefined)
    throw new UserError(
      'usage',
      'reviewers away takes --finish-only with days alone.',
      'parasol reviewers away 2026-12-20..2027-01-03 --finish-only',
    );
  const login = await loadOwnLogin(context.github);
  const did = await change(context, login, asked);
  const store = await storeOf(context);
  const now = await leaseTime(store.db, givenTime(context));
  const all = (await loadAbsences(store, [login], now)).get(login.toLowerCase()) ?? [];
  return { login, did, absences: all.filter((one) => !isOver(one, now)) };
}

async function change(context: OperationContext, login: string, asked: Asked): Promise<Output['did']> {
  if (asked.end === true) return (await endAway(context, login)).length === 0 ? 'nothing' : 'ended';
  if (asked.range === undefined) return 'nothing';
  const problem = await keepAway(context, login, { range: asked.range, isFinishOnly: asked.finishOnly === true });
  if (problem === null) return 'kept';
  throw new UserError('usage', `Nothing is kept: ${problem}.`, `Write ${ABSENCE_FORM}.`);
}

const isOver = ({ until }: Absence, now: string): boolean => until !== null && Date.parse(until) <= Date.parse(now);

interface AwayWords {
  readonly range: string;
  readonly isFinishOnly: boolean;
}

/** Keeps an absence of this person; why not, where it cannot be read: in words that do not repeat it. */
export async function keepAway(
  context: OperationContext,
  login: string,
  { range, isFinishOnly }: AwayWords,
): Promise<string | null> {
  const store = await storeOf(context);
  const now = await leaseTime(store.db, givenTime(context));
  const absence = parseAbsence(range, { level: isFinishOnly ? 'finish_only' : 'off', now });
  if ('problem' in absence) return absence.problem;
  await noteAbsence(store, { login, now }, absence);
  return null;
}

/** Ends what holds of this person's absences, or takes back what is to come. */
export async function endAway(context: OperationContext, login: string): Promise<readonly Absence[]> {
  const store = await storeOf(context);
  return endAbsences(store, { login, now: await leaseTime(store.db, givenTime(context)) });
}
