import { ghCommandOn } from '../../gh-command.ts';
import type { PullRequestFacts } from '../../task/facts.ts';
import { formatRef } from '../../task/identity.ts';
import { lastApprovalAt, reviewStateOf } from '../../task/review-state.ts';
import { authorOf, maintainer } from '../actors.ts';
import type { Actor } from '../report-schema.ts';
import { staleApprovalOf } from '../stale-approval.ts';
import type { DraftLine, TodayView } from './today-view.ts';

/**
 * Pull requests that are approved, green and free of conflicts, and that nobody has merged. Where only an older head was
 * approved, somebody looks again first, as reports ask too.
 */
export const mergeLines = ({ snapshot }: TodayView): readonly DraftLine[] =>
  [...snapshot.pullRequests.values()].filter(waitsForMerge).map((pullRequest): DraftLine => {
    const { ref, title, url } = pullRequest;
    const name = formatRef(ref);
    const stale = staleApprovalOf(pullRequest);
    return {
      ...{ kind: 'merge', ref: name, title, url },
      why: stale === null ? 'it is approved and not merged' : 'an older head of it is approved, and it is not merged',
      since: lastApprovalAt(pullRequest),
      actor: stale?.actor ?? whoMerges(pullRequest),
      action: stale?.action ?? {
        text: `merge ${name}`,
        command: ghCommandOn('pr merge', pullRequest),
        url,
      },
    };
  });

/** Checks that fail or run, or that nobody could read, are in its way. */
function waitsForMerge(pullRequest: PullRequestFacts): boolean {
  const { state, isDraft, mergeable, checks } = pullRequest;
  if (state !== 'open' || isDraft || mergeable === 'conflicting' || !checks.known) return false;
  const isGreen = checks.value.state === 'success' || checks.value.state === 'none';
  return isGreen && reviewStateOf(pullRequest) === 'approved';
}

/** Its author, as in the rollup; bots merge nothing. */
function whoMerges(pullRequest: PullRequestFacts): Actor {
  const { author, ref } = pullRequest;
  return author?.endsWith('[bot]') ? maintainer(ref) : authorOf(pullRequest);
}
