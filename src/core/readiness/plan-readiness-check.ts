import type { CheckChange, CheckConclusion } from '../change.ts';
import { shorten } from '../markdown.ts';
import { READINESS_CHECK } from '../own-checks.ts';
import type { RepositoryRef } from '../task/identity.ts';
import { blankTimes } from '../umbrella/render-times.ts';
import { isOver, untilAs } from './readiness-comment.ts';
import type { Verdict } from './report-schema.ts';
import { type BranchReports, wordsForBranches } from './words-for-branches.ts';

/** What a check run of ours says. */
export type StandingCheck = Pick<CheckChange, 'title' | 'summary'> & { readonly conclusion: string | null };

/** Only these post anything. */
export type PostingMode = 'comment' | 'enforce';

interface CheckFacts {
  readonly repository: RepositoryRef;
  /** The commit that the verdict is about. */
  readonly sha: string;
  /** Of each release branch that is at the commit, one at least. */
  readonly reports: BranchReports;
  readonly mode: PostingMode;
  /** Ours on that commit; null where there is none. */
  readonly ownCheck: StandingCheck | null;
}

/**
 * The check run `parasol/readiness` on the head of a release branch. In `comment` it is always neutral; in `enforce`:
 *
 * | verdict | conclusion        |
 * | ------- | ----------------- |
 * | go      | `success`         |
 * | no_go   | `failure`         |
 * | unknown | `action_required` |
 *
 * Where several release branches are at the commit, the worst verdict counts: a commit has one check of a name. GitHub takes
 * `neutral` for passed where a check is required, so that what nobody knows is never neutral. Nothing where the
 * same stands there, but for ages and times, and its verdict still holds.
 */
export function planReadinessCheck({ repository, sha, reports, mode, ownCheck }: CheckFacts): readonly CheckChange[] {
  const { decision, headline, summary, generatedAt } = wordsForBranches(reports);
  const conclusion = concludeReadiness(decision, mode);
  const title = shorten(headline, MAX_TITLE);
  const stands =
    ownCheck !== null &&
    ownCheck.conclusion === conclusion &&
    ownCheck.title === title &&
    !isOver(ownCheck.summary, generatedAt) &&
    comparable(untilAs(ownCheck.summary, summary)) === comparable(summary);
  return stands ? [] : [{ kind: 'report_check', repository, sha, name: READINESS_CHECK, conclusion, title, summary }];
}

/** Characters; GitHub shows one line. */
const MAX_TITLE = 200;

const comparable = (text: string): string => blankTimes(text.replace(/\r\n?/g, '\n').trim());

const ENFORCED: Readonly<Record<Verdict['decision'], CheckConclusion>> = {
  go: 'success',
  no_go: 'failure',
  unknown: 'action_required',
};

/** What a verdict means for a check run; see `planReadinessCheck`. */
export const concludeReadiness = (decision: Verdict['decision'], mode: PostingMode): CheckConclusion =>
  mode === 'enforce' ? ENFORCED[decision] : 'neutral';

interface MovedFacts {
  readonly repository: RepositoryRef;
  readonly branch: string;
  /** The commit that a verdict was about, and the newest one. */
  readonly from: string;
  readonly to: string;
  readonly mode: PostingMode;
  readonly ownCheck: StandingCheck | null;
}

/** A verdict is bound to its commit: the check on the one that was the head before says that it is over, and passes no more. */
export function planExpiredCheck({ repository, branch, from, to, mode, ownCheck }: MovedFacts): readonly CheckChange[] {
  const [old, newest] = [from, to].map((sha) => sha.slice(0, 7));
  const title = shorten(`Expired: ${branch} moved from ${old} to ${newest}`, MAX_TITLE);
  if (ownCheck === null || ownCheck.title.startsWith('Expired: ')) return [];
  const conclusion = mode === 'enforce' ? 'action_required' : 'neutral';
  const summary = `The verdict was about ${old}. The check on ${newest} tells how things stand now.\n`;
  return [{ kind: 'report_check', repository, sha: from, name: READINESS_CHECK, conclusion, title, summary }];
}
