import type { CheckChange, CommentChange } from '../change.ts';
import { planOwnComment } from '../plan-own-comment.ts';
import type { Ref } from '../task/identity.ts';
import { type OwnReport, RISK_CHECK, RISK_MARKER } from './plan-risk-report.ts';
import { NO_CONFLICT } from './render-risk-summary.ts';

interface ClosedFacts extends OwnReport {
  readonly pullRequest: Ref;
  readonly headSha: string;
}

const TITLE = 'No longer open: not judged';
const SUMMARY = 'It was merged or closed, so it conflicts with no open pull request any more.\n';

/**
 * What is to be written on a pull request that was merged or closed, whose conflicts are over for both sides: the check run
 * turns neutral where it told of anything but their absence, and the comment says so. Nothing where neither of ours stands.
 */
export function planClosedReport(facts: ClosedFacts): readonly (CheckChange | CommentChange)[] {
  const { pullRequest, headSha, ownCheck, ownComment } = facts;
  const { number, ...repository } = pullRequest;
  const isOver = ownCheck === null || ownCheck.title === NO_CONFLICT || ownCheck.title === TITLE;
  const check: CheckChange = {
    ...{ kind: 'report_check', repository, sha: headSha, name: RISK_CHECK },
    ...{ conclusion: 'neutral', title: TITLE, summary: SUMMARY },
  };
  const body = `${RISK_MARKER}\n### ${TITLE}\n\n${SUMMARY}`;
  // The check run is last: a process that ends between the two is found out by it.
  return [
    ...(ownComment === null ? [] : planOwnComment({ ownComment, on: pullRequest, marker: RISK_MARKER, body })),
    ...(isOver ? [] : [check]),
  ];
}
