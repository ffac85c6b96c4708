import { LRUCache } from 'lru-cache';
import type { Instant } from '../../core/task/facts.ts';
import { type RepositoryRef, refKey, repositoryKey } from '../../core/task/identity.ts';
import type { JudgedScope } from '../../operations/judge-scope.ts';
import { type ReleaseWish, wantsBranch } from '../../operations/release-wish.ts';
import { type ReadinessJob, readinessKey } from './readiness-job.ts';
import { concerns, moves, type ReadinessEvent, type ReportBase } from './readiness-of-event.ts';

/** A report that was written. */
export interface KeptReport {
  /** Whether it is to be kept up to date; one that somebody asked for once is not. */
  readonly isKept: boolean;
  readonly job: ReadinessJob;
  readonly installationId: number;
  readonly base: ReportBase;
  readonly expiresAt: Instant | null;
  /** It says that it holds no longer. */
  readonly isOver?: boolean;
}

/** What this process knows of the reports that it wrote; after a start those that are kept are looked for again. */
export interface ReadinessMemory {
  note(report: Pick<KeptReport, 'job' | 'installationId' | 'isKept'>, judged: JudgedScope): void;
  /** The report of a job, if there is one. */
  find(job: ReadinessJob): KeptReport | null;
  /** Takes over what another process wrote; false where this one knew that already. */
  recall(report: KeptReport): boolean;
  forget(job: ReadinessJob): void;
  /** It holds no longer, and is only corrected from now on. */
  end(job: ReadinessJob): void;
  noteWish(repository: RepositoryRef, wish: ReleaseWish): void;
  /** Its configuration may have changed; of `.github` all repositories are meant. */
  forgetWish(repository: RepositoryRef): void;
  /** True as well where nobody has looked yet. */
  mayWant(repository: RepositoryRef, branch: string): boolean;
  /** Reports to be kept up to date that an event may change. */
  concerned(event: ReadinessEvent): readonly KeptReport[];
  /** Reports that somebody asked for once, whose base an event moved. */
  left(event: ReadinessEvent): readonly KeptReport[];
  /** Reports whose time is up, and which do not say so. */
  over(now: Instant): readonly KeptReport[];
  /** Whether there is any report whose time can be up. */
  waitsForAny(): boolean;
  /** All of an installation. */
  of(installationId: number): readonly KeptReport[];
}

const REMEMBERED_REPORTS = 1000;
const REMEMBERED_REPOSITORIES = 5000;

export function createReadinessMemory(): ReadinessMemory {
  const reports = new LRUCache<string, KeptReport>({ max: REMEMBERED_REPORTS });
  const wishes = new LRUCache<string, ReleaseWish>({ max: REMEMBERED_REPOSITORIES });
  const standing = () => [...reports.values()].filter(({ isOver = false }) => !isOver);
  return {
    note: ({ job, installationId, isKept }, judged) =>
      reports.set(readinessKey(job), {
        ...{ job, installationId, isKept, base: baseOf(job, judged) },
        expiresAt: judged.report.verdict.expires_at,
      }),
    find: (job) => reports.peek(readinessKey(job)) ?? null,
    recall: (report) => {
      const key = readinessKey(report.job);
      if (isSame(reports.peek(key), report)) return false;
      reports.set(key, report);
      return true;
    },
    forget: (job) => reports.delete(readinessKey(job)),
    end: (job) => {
      const report = reports.peek(readinessKey(job));
      if (report !== undefined) reports.set(readinessKey(job), { ...report, isOver: true });
    },
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
    left: (event) => standing().filter(({ isKept, base }) => !isKept && moves(event, base)),
    over: (now) => standing().filter(({ expiresAt: end }) => end !== null && Date.parse(end) <= Date.parse(now)),
    waitsForAny: () => standing().some(({ expiresAt }) => expiresAt !== null),
    of: (installationId) => [...reports.values()].filter((report) => report.installationId === installationId),
  };
}

/** A report that is kept up to date here is newer than what was answered before. */
const isSame = (known: KeptReport | undefined, { base, expiresAt, isOver = false }: KeptReport): boolean =>
  known !== undefined &&
  (known.isKept ||
    (known.base.sha === base.sha && known.expiresAt === expiresAt && (known.isOver ?? false) === isOver));

function baseOf(job: ReadinessJob, { report, items }: JudgedScope): ReportBase {
  const repository = 'on' in job ? { owner: job.on.owner, repo: job.on.repo } : job.repository;
  const { base_branch: branch, base_sha: sha } = report.scope;
  const umbrella = 'on' in job ? [refKey(job.on)] : [];
  // The rollup of a pinned report's umbrella is refreshed first, and the report after it.
  return { repository, branch, sha, items: new Set([...items, ...umbrella]), isFollowed: 'on' in job };
}
