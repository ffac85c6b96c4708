import type { Ref } from './identity.ts';

/** Where a link between a task and a pull request came from, strongest first. */
export type LinkSource = 'closing_reference' | 'linked_branch' | 'closing_keyword' | 'task_line' | 'planned_id';

export interface PullRequestLink {
  readonly pullRequest: Ref;
  /** The strongest source. */
  readonly source: LinkSource;
  /** One entry per place that says so, strongest first. */
  readonly evidence: readonly LinkEvidence[];
}

export interface LinkEvidence {
  readonly source: LinkSource;
  /** `body`, `title`, `branch`, `commit 1a2b3c4`, or `GitHub` for GitHub's own reference. */
  readonly place: string;
  /** The words that say so, at most 120 characters. */
  readonly quote: string;
  /** Web address of the pull request, or of the commit in it, where that stands. */
  readonly url: string;
}
