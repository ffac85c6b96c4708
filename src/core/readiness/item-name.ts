import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { formatRef } from '../task/identity.ts';
import type { BaseCommit, ReadinessScope } from './readiness-facts.ts';
import type { ReportItemName } from './report-schema.ts';

export const nameOfTask = ({ ref, title, url }: TaskFacts): ReportItemName => ({
  ref: formatRef(ref),
  kind: 'task',
  title,
  url,
});

export const nameOfPullRequest = ({
  ref,
  title,
  url,
}: Pick<PullRequestFacts, 'ref' | 'title' | 'url'>): ReportItemName => ({
  ref: formatRef(ref),
  kind: 'pull_request',
  title,
  url,
});

/** `octo/harbor@1a2b3c4`, in the repository of the scope. */
export const nameOfCommit = (
  { sha, subject, url }: Pick<BaseCommit, 'sha' | 'subject' | 'url'>,
  { repository: { owner, repo } }: Pick<ReadinessScope, 'repository'>,
): ReportItemName => ({ ref: `${owner}/${repo}@${sha.slice(0, 7)}`, kind: 'commit', title: subject, url });
