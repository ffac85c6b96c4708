/**
 * Keeps the readiness report of a scope as one comment under an issue, the same text as `parasol readiness report
 * --markdown` gives for what everybody there may see. `/parasol readiness` asks for one, whatever the mode but `off`; the App
 * keeps one pinned on each umbrella with `readiness: { mode: comment }` or `enforce`.
 *
 * The report names the base commit that its verdict is about and the time until which it holds (`valid_for`, and never longer
 * than the waivers that it rests on). A pinned one is made anew when the base moves, when its time is up and when what it is
 * about changes; one that differs only in ages and times is not written. One that somebody asked for once stays as it was told,
 * and says when it holds no longer (`expire-report`).
 */
import { UserError } from '../core/failure.ts';
import { formatSelector, parseSelector } from '../core/readiness/parse-selector.ts';
import { planReadinessComment, readinessMarker } from '../core/readiness/readiness-comment.ts';
import { parseRef, type Ref, type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { findMarkedComments } from '../github/find-marked-comment.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { type JudgedScope, judgeScope } from './judge-scope.ts';
import type { OperationContext } from './operation.ts';

interface ReadinessPlace {
  readonly on: Ref;
  /** As a person writes it; the repository's default when empty. */
  readonly scope: string;
  /** Somebody asked for it by command. */
  readonly isAsked: boolean;
  /** Somebody's view of a repository changed: a comment that is there is corrected whatever the configuration says. */
  readonly corrects?: boolean;
}

export interface ToldReadiness extends JudgedScope {
  /** `turned_off`: the configuration wants none, so nothing was written. */
  readonly outcome: 'written' | 'unchanged' | 'turned_off';
  readonly changes: readonly ChangeOutcome[];
}

/**
 * Throws `usage` for a scope that cannot be read, `forbidden` for one of another repository, whose readers are others than
 * those of the comment, `not_found` where nothing is called that, and whatever GitHub fails with.
 */
export async function tellReadiness(context: OperationContext, place: ReadinessPlace): Promise<ToldReadiness> {
  const { on, isAsked, corrects = false } = place;
  const selector = selectorHere(place.scope, on);
  const judged = await judgeScope(context, on, place.scope === '' ? undefined : place.scope);
  if (judged.umbrella !== null && repositoryKey(judged.umbrella) !== repositoryKey(on)) throw elsewhere();
  const creates = judged.mode === 'comment' || judged.mode === 'enforce' || (isAsked && judged.mode !== 'off');
  if (!creates && !corrects) return { ...judged, outcome: 'turned_off', changes: [] };
  const [own, ...later] = await findMarkedComments(context.github, on, readinessMarker(selector));
  if (own === undefined && !creates) return { ...judged, outcome: 'turned_off', changes: [] };
  const ownComment = own === undefined ? null : { ...own, copies: later.map(({ id }) => id) };
  const planned = planReadinessComment({ on, selector, report: judged.report, ownComment, isAsked });
  const changes = await applyChanges(context, planned);
  const failed = changes.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) throw failed.cause ?? commentGone();
  return { ...judged, outcome: changes.length === 0 ? 'unchanged' : 'written', changes };
}

/** What the scope is called, however it was written. Throws `forbidden` for an umbrella of another repository. */
export function selectorHere(scope: string, { owner, repo }: RepositoryRef): string {
  const selector = parseSelector(scope, { owner, repo });
  if (selector.kind !== 'umbrella') return formatSelector(selector);
  const ref = parseRef(selector.umbrella, { defaultRepository: { owner, repo }, ids: [] });
  if (ref === null || !('number' in ref)) return formatSelector(selector);
  if (repositoryKey(ref) !== repositoryKey({ owner, repo })) throw elsewhere();
  return umbrellaScope(ref);
}

/** The scope that an umbrella is. */
export const umbrellaScope = ({ owner, repo, number }: Ref): string => `umbrella:${owner}/${repo}#${number}`;

const elsewhere = (): UserError =>
  new UserError(
    'forbidden',
    'That scope is in another repository, whose readers are others than those here.',
    'Comment `/parasol readiness` there.',
  );

const commentGone = (): UserError =>
  new UserError('github_unavailable', 'The report vanished while it was written.', 'Comment the command again.');
