import { LRUCache } from 'lru-cache';
import type { Instant } from '../../core/task/facts.ts';
import { type RepositoryRef, refKey, repositoryKey } from '../../core/task/identity.ts';
import type { JudgedScope } from '../../operations/judge-scope.ts';
import { type ReleaseWish, wantsBranch } from '../../operations/release-wish.ts';
import { type ReadinessJob, readinessKey } from './readiness-job.ts';
import { concerns, type ReadinessEvent, type ReportBase } from './readiness-of-event.ts';

/** A report that was written. */
interface KeptReport {
  /** Whether it is to be kept up to date; one that somebody asked for once is not. */
  readonly isKept: boolean;
  readonly job: ReadinessJob;
  readonly installationId: number;
  readonly base: ReportBase;
  readonly expiresAt: Instant | null;
}

/** What this process knows of the reports that it keeps; after a start they are looked for again. */
export interface ReadinessMemory {
  note(report: Pick<KeptReport, 'job' | 'installationId' | 'isKept'>, judged: JudgedScope): void;
  forget(job: ReadinessJob): void;
  noteWish(repository: RepositoryRef, wish: ReleaseWish): void;
  /** Its configuration may have changed; of `.github` all repositories are meant. */
  forgetWish(repository: RepositoryRef): void;
  /** True as well where nobody has looked yet. */
  mayWant(repository: RepositoryRef, branch: string): boolean;
  /** Reports that an event may change. */
  concerned(event: ReadinessEvent): readonly KeptReport[];
  /** Reports whose verdict holds no longer. */
  over(now: Instant): readonly KeptReport[];
  /** Whether there is any report to be kept up to date. */
  keepsAny(): boolean;
  /** All of an installation. */
  of(installationId: number): readonly KeptReport[];
}

const REMEMBERED_REPORTS = 1000;
const REMEMBERED_REPOSITORIES = 5000;

export function createReadinessMemory(): ReadinessMemory {
  const reports = new LRUCache<string, KeptReport>({ max: REMEMBERED_REPORTS });
  const wishes = new LRUCache<string, ReleaseWish>({ max: REMEMBERED_REPOSITORIES });
  return {
    note: ({ job, installationId, isKept }, judged) =>
      reports.set(readinessKey(job), {
        ...{ job, installationId, isKept, base: baseOf(job, judged) },
        expiresAt: judged.report.verdict.expires_at,
      }),
    forget: (job) => reports.delete(readinessKey(job)),
    noteWish: (repository, wish) => wishes.set(repositoryKey(repository), wish),
    forgetWish: (repository) => {
      if (repository.repo === '.github') wishes.clear();
      else wishes.delete(repositoryKey(repository));
    },
    mayWant: (repository, branch) => {
      const wish = wishes.get(repositoryKey(repository));
      return wish === undefined || wantsBranch(wish, branch);
    },
    concerned: (event) => [...reports.values()].filter(({ isKept, base }) => isKept && concerns(event, base)),
    over: (now) =>
      [...reports.values()].filter(
        ({ isKept, expiresAt: end }) => isKept && end !== null && Date.parse(end) <= Date.parse(now),
      ),
    keepsAny: () => [...reports.values()].some(({ isKept }) => isKept),
    of: (installationId) => [...reports.values()].filter((report) => report.installationId === installationId),
  };
}

function baseOf(job: ReadinessJob, { report, items }: JudgedScope): ReportBase {
  const repository = job.kind === 'comment' ? { owner: job.on.owner, repo: job.on.repo } : job.repository;
  const { base_branch: branch, base_sha: sha } = report.scope;
  const umbrella = job.kind === 'comment' ? [refKey(job.on)] : [];
  // The rollup of a pinned report's umbrella is refreshed first, and the report after it.
  return { repository, branch, sha, items: new Set([...items, ...umbrella]), isFollowed: job.kind === 'comment' };
}
