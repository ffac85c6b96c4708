/**
 * Asks those for a review whom `reviewers suggest` names; `reviewers suggest --write` is the same.
 *
 *     parasol reviewers ask 41
 *     parasol reviewers ask --all             every open pull request that lacks a reviewer, as one batch
 *
 * Whom a person took off is never asked again. For all at once nobody is asked in their place either, but in mode `suggest`, where
 * the App names somebody else as well; for that pull request alone somebody else is.
 *
 * Where there is a store, whoever is asked takes a place in it first: however many ask at once, people and the App, nobody gets
 * more than there is room for and nothing is given twice. Without one it asks by what GitHub shows, and says so. Where GitHub
 * refuses somebody the next one is asked, until three were refused. Nobody waits in a queue for it: who is missing is told.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { leaseTime } from '../store/lease-time.ts';
import type { OriginStore } from '../store/store.ts';
import { changeSchema } from './change-schema.ts';
import { type GivenReview, giveReviews } from './give-reviews.ts';
import type { Operation, OperationContext } from './operation.ts';
import {
  type AskedChoice,
  choiceInput,
  choiceOptions,
  choiceOutput,
  loadChoice,
  toldChoices,
} from './review-choice.ts';
import { roundsInStore } from './rounds-in-store.ts';
import { roundsWithoutStore } from './rounds-without-store.ts';
import { settleOpenPlaces } from './settle-open-places.ts';
import { givenTime, isStoreThere, storeOf } from './store-of.ts';

const output = z.object({
  ...choiceOutput,
  outcomes: z
    .array(
      z
        .object({
          change: changeSchema,
          outcome: z.enum(['done', 'failed', 'skipped']),
          reason: z.string().nullable(),
          code: z.string().nullable(),
        })
        .readonly(),
    )
    .readonly()
    .describe('what became of each request for review'),
});

export const reviewersAsk: Operation<typeof choiceInput, typeof output> = {
  name: 'reviewers.ask',
  summary: 'Ask for a review: of one pull request, or of all that lack a reviewer, those that suggest names.',
  effect: 'write',
  hints: { isDestructive: false, isIdempotent: true },
  needsStore: true,
  input: choiceInput,
  output,
  run: ask,
};

async function ask(context: OperationContext, asked: z.output<typeof choiceInput>): Promise<z.output<typeof output>> {
  const store = isStoreThere(context) ? await storeOf(context) : null;
  const seenAt = store === null ? context.now() : await leaseTime(store.db, givenTime(context));
  const choice = await loadChoice(context, asked, 'ask');
  if (choice.loaded.config.reviewers.mode === 'off') throw reviewersOff();
  const given = await askInTurn(context, choice, { store, seenAt });
  const { shown, told } = toldChoices(choice, given);
  return {
    ...told,
    remarks: [...told.remarks, ...(store === null ? [NO_STORE] : [])],
    outcomes: shown.flatMap(({ outcomes }) =>
      outcomes.map(({ change, outcome, reason, code }) => ({ change, outcome, reason, code })),
    ),
  };
}

const NO_STORE = 'There is no store here, so nobody counts what others ask for at the same moment.';

function reviewersOff(): UserError {
  return new UserError(
    'usage',
    '`reviewers.mode` is off in .github/parasol.yml, so nobody is asked.',
    'Set `reviewers: { mode: observe }` there to have somebody asked by hand.',
  );
}

interface Turn {
  readonly store: OriginStore | null;
  /** When GitHub began to be read, by the store's clock. */
  readonly seenAt: string;
}

async function askInTurn(
  context: OperationContext,
  { loaded, requests, pull }: AskedChoice,
  { store, seenAt }: Turn,
): Promise<readonly GivenReview[]> {
  const { repository, config, model, slaSeconds, queued } = loaded;
  if (store !== null)
    await settleOpenPlaces(store, { repository, pulls: model.pulls, seenAt, now: givenTime(context) });
  const options = choiceOptions(context, loaded, { isForAll: pull === null });
  const desk = { context, repository, config: config.reviewers, slaSeconds, model, seenAt, queued };
  const rounds = store === null ? roundsWithoutStore(desk) : roundsInStore(desk, store);
  return giveReviews(desk, { requests, options, rounds, named: loaded.named });
}
