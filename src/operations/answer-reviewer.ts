/**
 * Answers what people say of themselves as reviewers, in comments.
 *
 *     /parasol away 2026-12-20..2027-01-03 [finish-only]    asked for nothing, or for nothing new; `back` or `off` ends it
 *     /parasol capacity 4                                   how many reviews may wait for you at once; `default` takes it back
 *
 * What waits for a reviewer in that repository is looked at at once: there may be room for it now. In others the next round does.
 *
 * What they say is kept in the store. A comment is public, and so is an edit of it: `parasol reviewers away` says the same
 * to nobody. So an answer is a reaction alone, and one to what cannot be read repeats nothing of it.
 */
import type { Command } from '../core/commands.ts';
import { ABSENCE_FORM } from '../core/reviewers/parse-absence.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { noteCapacity } from '../store/reviewers/capacities.ts';
import type { AskedCommands, Said } from './command-answer.ts';
import type { OperationContext } from './operation.ts';
import { endAway, keepAway } from './reviewers-away.ts';
import { CAPACITY_FORM, parseCapacity } from './reviewers-capacity.ts';
import { storeOf } from './store-of.ts';

interface ReviewerCommand {
  readonly context: OperationContext;
  readonly asked: AskedCommands;
  readonly command: Command;
  /** Has all that lacks a reviewer in a repository looked at. */
  readonly lookForAllReviewers: (repository: RepositoryRef) => void;
}

const DONE: Said = { ok: true, text: null };

export async function runAway({ context, asked, command, lookForAllReviewers }: ReviewerCommand): Promise<Said> {
  const [range = '', level, ...more] = command.args;
  const isFinishOnly = level?.toLowerCase() === 'finish-only';
  if (more.length > 0 || (level !== undefined && !isFinishOnly)) return refused(`it takes ${AWAY_FORM}`);
  if (/^(off|back)$/i.test(range)) {
    await endAway(context, asked.by);
    lookForAllReviewers(asked.on);
    return DONE;
  }
  const problem = await keepAway(context, asked.by, { range, isFinishOnly });
  if (problem !== null) return refused(`${problem}. It takes ${AWAY_FORM}`);
  lookForAllReviewers(asked.on);
  return DONE;
}

export async function runCapacity({ context, asked, command, lookForAllReviewers }: ReviewerCommand): Promise<Said> {
  const capacity = command.args.length === 1 ? parseCapacity(command.args[0] ?? '') : undefined;
  if (capacity === undefined) return refused(`\`/parasol capacity\` takes ${CAPACITY_FORM}`);
  await noteCapacity(await storeOf(context), asked.by, capacity);
  lookForAllReviewers(asked.on);
  return DONE;
}

/** Without a cause: the log is for others, too. */
const refused = (why: string): Said => ({ ok: false, text: `Nothing is kept: ${why}.` });

const AWAY_FORM = `${ABSENCE_FORM}, and \`finish-only\` where you finish what waits for you; or \`back\``;
