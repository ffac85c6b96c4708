import { reviewStateOf } from '../task/review-state.ts';
import type { LinkedPullRequest } from './assess-work.ts';
import type { ChildPullRequest } from './rollup.ts';

/** A task's pull request as the rollup shows it. */
export function toChildPullRequest({ facts, link, conflicts }: LinkedPullRequest): ChildPullRequest {
  const checks = facts.checks.known ? facts.checks.value : null;
  const failing = (checks?.unfinished ?? []).filter((check) => check.outcome === 'failure');
  return {
    ref: facts.ref,
    url: facts.url,
    title: facts.title,
    state: facts.state === 'open' && facts.isDraft ? 'draft' : facts.state,
    branch: facts.headRefName,
    link,
    checks: checks?.state ?? 'unknown',
    failingChecks: failing.map((check) => check.name),
    review: reviewStateOf(facts),
    waitingFor: facts.state === 'open' && facts.reviewRequests.known ? facts.reviewRequests.value : [],
    ...(facts.state === 'open' && conflicts.length > 0 ? { conflicts } : {}),
  };
}
