/** What the branches that a merge queue makes for itself begin with. */
export const QUEUE_PREFIX = 'gh-readonly-queue/';

/** What the name of such a branch says of its group. */
interface QueueBranch {
  /** The branch that it is to be merged into. */
  readonly base: string;
  /** The pull request that it ends in. */
  readonly pull: number;
  readonly baseSha: string;
}

const QUEUE_BRANCH = /^gh-readonly-queue\/(.+)\/pr-(\d{1,10})-([0-9a-f]{40,64})$/s;

/** `gh-readonly-queue/main/pr-104-SHA`; null for any other name. */
export function parseQueueBranch(branch: string): QueueBranch | null {
  const [, base, pull, baseSha] = QUEUE_BRANCH.exec(branch) ?? [];
  return base === undefined || pull === undefined || baseSha === undefined
    ? null
    : { base, pull: Number(pull), baseSha };
}
