import type { CheckChange, CommentChange } from '../change.ts';
import { neutralizeInline } from '../markdown.ts';
import { buildMarker } from '../marker.ts';
import { planOwnComment } from '../plan-own-comment.ts';
import type { OwnComment } from '../umbrella/snapshot.ts';
import { checkOfHead } from './check-of-head.ts';
import { renderRiskSummary } from './render-risk-summary.ts';
import { type RiskOfPullRequest, verdictOfRisk } from './risk-of-pull-request.ts';

export const RISK_CHECK = 'parasol/risk';
export const RISK_MARKER = buildMarker('risk', 1);

/** What stands of ours on a pull request. */
export interface OwnReport {
  /** Our check run on the head as it stands; null when there is none. */
  readonly ownCheck: (Pick<CheckChange, 'title' | 'summary'> & { readonly conclusion: string | null }) | null;
  readonly ownComment: Pick<OwnComment, 'id' | 'body' | 'copies'> | null;
}

interface RiskReportFacts extends OwnReport {
  readonly risk: RiskOfPullRequest;
  /** Other open pull requests with the same head: its check run is theirs, too. */
  readonly sameHead?: readonly RiskOfPullRequest[];
  readonly mode: 'off' | 'observe' | 'comment' | 'enforce';
  readonly comments: boolean;
}

/**
 * What is to be written on a pull request about its integration. The check run, by the mode in force:
 *
 * | verdict  | `comment`                            | `enforce`                                  |
 * | -------- | ------------------------------------ | ------------------------------------------ |
 * | conflict | `neutral`, with what conflicts       | `failure`; `neutral` for who goes first    |
 * | likely   | `neutral`, as an estimate            | `action_required`; `neutral` as above      |
 * | unknown  | only where a check of ours stands    | `action_required`                          |
 * | clear    | `neutral`, where one of ours stands  | `success`                                  |
 *
 * GitHub takes `neutral` for passed where a check is required, so that in `enforce` what nobody knows is never neutral; and
 * whoever merges before all that it conflicts with is, since otherwise none of them could ever merge. The check run of several
 * pull requests with one head is as the worst of them. The comment, where it is switched on, begins with a conflict and is edited from then on. With `off` and `observe` nothing is
 * written.
 */
export function planRiskReport(facts: RiskReportFacts): readonly (CheckChange | CommentChange)[] {
  const { risk, sameHead = [], mode, comments, ownCheck, ownComment } = facts;
  if (mode === 'off' || mode === 'observe') return [];
  const { isNews, ...told } = checkOfHead([risk, ...sameHead], mode);
  const check: CheckChange = {
    kind: 'report_check',
    repository: { owner: risk.pullRequest.owner, repo: risk.pullRequest.repo },
    sha: risk.headSha,
    name: RISK_CHECK,
    ...told,
  };
  const isSaid =
    ownCheck?.conclusion === check.conclusion && ownCheck.title === check.title && ownCheck.summary === check.summary;
  const isDue = mode === 'enforce' || isNews || ownCheck !== null;
  const verdict = verdictOfRisk(risk);
  const { title, summary } = renderRiskSummary(risk, verdict);
  const body = `${RISK_MARKER}\n### ${neutralizeInline(title)}\n\n${summary}`;
  const hasComment = ownComment !== null || (comments && verdict === 'conflict');
  return [
    ...(isDue && !isSaid ? [check] : []),
    ...(hasComment ? planOwnComment({ ownComment, on: risk.pullRequest, marker: RISK_MARKER, body }) : []),
  ];
}
