/**
 * Answers what people say of a review that is asked for, in a comment on its pull request.
 *
 *     /parasol decline too-busy|conflict|not-mine    I do not review this one: somebody else is looked for, and I am not asked again
 *     /parasol reroll                                whom Parasol chose is not the one: somebody else is looked for
 *
 * Only who is asked, or named in the suggestion, may decline; only the author and people with write access may reroll. What a
 * person requested stays as it is, unless the one who was asked declines. Where nobody else could be asked, a reroll changes
 * nothing, so that it leaves no pull request worse off; where nobody was chosen it says what the request waits for. What was said once counts once, however often GitHub delivers it: the
 * store remembers the comment.
 */
import type { Command } from '../core/commands.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { SUGGESTION_MARKER, suggestedIn } from '../core/reviewers/render-suggestion.ts';
import { DECLINE_REASONS } from '../core/reviewers/review-facts.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import { findMarkedComments } from '../github/find-marked-comment.ts';
import { loadAskedReviewers } from '../github/load-asked-reviewers.ts';
import { loadPullAuthor } from '../github/load-pull-author.ts';
import { loadStandings } from '../store/reviewers/load-standings.ts';
import { isRerolledBy, noteDecline, noteReroll } from '../store/reviewers/settle-review.ts';
import type { OriginStore } from '../store/store.ts';
import { applyChanges } from './apply-changes.ts';
import { type AskedCommands, mayWrite, type Said } from './command-answer.ts';
import type { OperationContext } from './operation.ts';
import { givenTime, storeOf } from './store-of.ts';
import { whyNobodyElse } from './why-nobody-else.ts';
import { whyNobodyIsChosen } from './why-nobody-is-chosen.ts';

interface RequestCommand {
  readonly context: OperationContext;
  readonly asked: AskedCommands;
  readonly command: Command;
  /** Has a pull request looked at for reviewers once more. */
  readonly lookForReviewers: (pullRequest: Ref) => void;
}

const DONE: Said = { ok: true, text: null };

export async function runDecline({ context, asked, command, lookForReviewers }: RequestCommand): Promise<Said> {
  const { subject, by } = asked;
  if (subject.kind !== 'pull_request') return { ok: false, text: NO_PULL_REQUEST };
  const [word = '', ...more] = command.args;
  const reason = DECLINE_REASONS.find((one) => one === word.toLowerCase());
  if (reason === undefined || more.length > 0) return { ok: false, text: DECLINE_FORM };
  if (!(await isAskedHere(context, asked))) return { ok: false, text: NOT_ASKED };
  const store = await storeOf(context);
  await noteDecline(store, { request: subject.ref, login: by, now: givenTime(context) }, reason);
  await takeBack(context, subject.ref, [by]);
  lookForReviewers(subject.ref);
  return DONE;
}

export async function runReroll({ context, asked, lookForReviewers }: RequestCommand): Promise<Said> {
  const { subject, on, by } = asked;
  if (subject.kind !== 'pull_request') return { ok: false, text: NO_PULL_REQUEST };
  const isAllowed = (await isAuthorHere(context, asked)) || (await mayWrite(context, on, by));
  if (!isAllowed) return { ok: false, text: null, isRefused: true };
  const store = await storeOf(context);
  const words = `${asked.commentId} ${asked.saidAt ?? ''}`.trimEnd();
  // GitHub delivers a comment twice when somebody asks it to, and whoever was chosen since is not meant.
  const isDone = await isRerolledBy(store, { request: subject.ref, words });
  const refusal = isDone ? null : await lookForOthers(context, subject.ref, { store, words });
  if (refusal !== null) return { ok: false, text: refusal };
  lookForReviewers(subject.ref);
  return DONE;
}

const notIn =
  (logins: readonly string[]) =>
  (login: string): boolean =>
    !logins.includes(login);

/** Notes that others than those chosen are wanted, and takes the requests back; answers with what keeps it from that. */
async function lookForOthers(
  context: OperationContext,
  request: Ref,
  { store, words }: { readonly store: OriginStore; readonly words: string },
): Promise<string | null> {
  const kept = (await loadStandings(store, [request])).get(refKey(request));
  const ours = kept?.asked ?? [];
  const stays = (await loadAskedReviewers(context.github, request))?.map(loginKey).filter(notIn(ours)) ?? [];
  const removed = (kept?.removed ?? []).filter(notIn(stays));
  const chosen = new Set([...ours, ...removed, ...(await loadSuggested(context, request))]);
  if (chosen.size === 0) return whyNobodyIsChosen(context, request);
  const why = await whyNobodyElse(context, request, chosen);
  if (why !== null) return why;
  const isFirst = await noteReroll(store, { request, logins: [...chosen], words, now: givenTime(context) });
  if (isFirst) await takeBack(context, request, ours);
  return null;
}

/** Throws what GitHub refused it with. */
async function takeBack(context: OperationContext, on: Ref, logins: readonly string[]): Promise<void> {
  const changes = logins.map((login) => ({ kind: 'remove_review_request', on, login }) as const);
  const outcomes = await applyChanges(context, changes);
  const failed = outcomes.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) throw failed.cause ?? new Error(failed.reason ?? 'the request was not taken back');
}

const NO_PULL_REQUEST = 'Reviews are asked for on pull requests. Comment it on one.';

const DECLINE_FORM = `Say why: ${DECLINE_REASONS.map((reason) => `\`/parasol decline ${reason}\``).join(', ')}.`;

const NOT_ASKED = 'Your review is not asked for here, so there is nothing to decline.';

/** Whether whoever gave the commands is asked to review the pull request where they stand, or named in its suggestion. */
export async function isAskedHere(context: OperationContext, { subject, by }: AskedCommands): Promise<boolean> {
  if (subject.kind !== 'pull_request') return false;
  const isBy = (login: string): boolean => login.toLowerCase() === by.toLowerCase();
  const asked = (await loadAskedReviewers(context.github, subject.ref)) ?? [];
  return asked.some(isBy) || (await loadSuggested(context, subject.ref)).some(isBy);
}

/** Whether whoever gave the commands opened the pull request where they stand. */
export async function isAuthorHere({ github }: OperationContext, { subject, by }: AskedCommands): Promise<boolean> {
  if (subject.kind !== 'pull_request') return false;
  return (await loadPullAuthor(github, subject.ref))?.toLowerCase() === by.toLowerCase();
}

const loadSuggested = async ({ github }: OperationContext, on: Ref): Promise<readonly string[]> =>
  (await findMarkedComments(github, on, SUGGESTION_MARKER)).flatMap(({ body }) => suggestedIn(body));
