import { formatRef, type Ref, type RepositoryRef, refKey, repositoryKey } from '../../core/task/identity.ts';
import { selectorHere } from '../../operations/tell-readiness.ts';

/** One thing to do about readiness. */
export type ReadinessJob =
  /** The report of a scope under an issue or pull request. */
  | { readonly kind: 'comment'; readonly on: Ref; readonly scope: string; readonly corrects?: boolean }
  /** A report that somebody asked for once may hold no longer; `movedTo`: where an event says that its base is. */
  | {
      readonly kind: 'expiry';
      readonly on: Ref;
      readonly scope: string;
      readonly branch: string;
      readonly movedTo?: string | null;
    }
  /** The check on the head of a release branch; `before`: the head that a push replaced. */
  | {
      readonly kind: 'check';
      readonly repository: RepositoryRef;
      readonly branch: string;
      readonly before: string | null;
      readonly isPushed: boolean;
    }
  /** Which release branches there are, each of which is then checked. */
  | { readonly kind: 'branches'; readonly repository: RepositoryRef };

/** Jobs of one key do the same. Throws `forbidden` for a scope of another repository. */
export function readinessKey(job: ReadinessJob): string {
  switch (job.kind) {
    case 'comment':
    case 'expiry':
      return `comment ${refKey(job.on)} ${selectorHere(job.scope, job.on).toLowerCase()}`;
    case 'check':
      return `check ${repositoryKey(job.repository)} ${job.branch}`;
    case 'branches':
      return `branches ${repositoryKey(job.repository)}`;
  }
}

/**
 * One job for two of the same key: the head that the first push replaced is the one that a verdict was about, and a report that
 * is about to be made anew does not end before.
 */
export function mergeReadinessJobs(earlier: ReadinessJob, later: ReadinessJob): ReadinessJob {
  if (earlier.kind === 'comment' && later.kind === 'comment')
    return { ...later, corrects: (earlier.corrects ?? false) || (later.corrects ?? false) };
  if (earlier.kind === 'comment' && later.kind === 'expiry') return earlier;
  if (earlier.kind !== 'check' || later.kind !== 'check') return later;
  return { ...later, before: earlier.before ?? later.before, isPushed: earlier.isPushed || later.isPushed };
}

/** For the log. */
export function describeReadinessJob(job: ReadinessJob): string {
  switch (job.kind) {
    case 'comment':
      return `the readiness of ${job.scope || 'what was merged'} on ${formatRef(job.on)}`;
    case 'expiry':
      return `that the readiness of ${job.scope || 'what was merged'} on ${formatRef(job.on)} holds no longer`;
    case 'check':
      return `the readiness of ${job.branch} in ${job.repository.owner}/${job.repository.repo}`;
    case 'branches':
      return `the release branches of ${job.repository.owner}/${job.repository.repo}`;
  }
}
