import { selectorHere } from '../../operations/tell-readiness.ts';
import {
  type AnsweredPlace,
  endAnsweredReport,
  forgetAnsweredReport,
  loadAnsweredReports,
  noteAnsweredReport,
} from '../../store/answered-reports.ts';
import type { OriginStore } from '../../store/store.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import type { ReadinessJob } from './readiness-job.ts';
import type { KeptReport } from './readiness-memory.ts';

/**
 * Reports that somebody asked for once, as all processes on one store know them: the one that hears of a push is seldom the one
 * that answered, and a process ends before a verdict does. Keeps nothing where there is no store; one that fails is logged,
 * because the answer stands on GitHub all the same.
 */
export interface AnsweredReports {
  keep(report: KeptReport): Promise<void>;
  end(job: ReadinessJob): Promise<void>;
  forget(job: ReadinessJob): Promise<void>;
  /** What is known of the latest of them, those of installations that are gone left out. */
  load(): Promise<readonly KeptReport[]>;
}

/** Half of what a process remembers: the reports that it keeps up to date must stay. */
const MOST_RECALLED = 500;

export function createAnsweredReports({ store, origin, clients, now, log }: PipelineOptions): AnsweredReports {
  const use = async <T>(work: (store: OriginStore) => Promise<T>): Promise<T | null> => {
    if (store.store === undefined) return null;
    try {
      return await work({ ...(await store.store()), origin });
    } catch (cause) {
      log('error', 'could not keep or read what was answered', { cause });
      return null;
    }
  };
  const at = async (job: ReadinessJob, work: typeof endAnsweredReport): Promise<void> => {
    const place = placeOf(job);
    if (place !== null) await use((opened) => work(opened, place));
  };
  return {
    keep: async ({ job, base, expiresAt, isOver = false }) => {
      const place = placeOf(job);
      const { branch, sha } = base;
      if (place !== null)
        await use((opened) =>
          noteAnsweredReport(opened, { report: { ...place, branch, sha, expiresAt, isOver }, at: now() }),
        );
    },
    end: (job) => at(job, endAnsweredReport),
    forget: (job) => at(job, forgetAnsweredReport),
    load: async () => {
      const rows = (await use((opened) => loadAnsweredReports(opened, MOST_RECALLED))) ?? [];
      return rows.flatMap(({ on, scope, branch, sha, expiresAt, isOver }) => {
        const installationId = clients.installationOf(on.owner);
        const repository = { owner: on.owner, repo: on.repo };
        const base = { repository, branch, sha, items: new Set<string>(), isFollowed: true };
        const job = { kind: 'comment', on, scope } as const;
        return installationId === null ? [] : [{ job, installationId, isKept: false, base, expiresAt, isOver }];
      });
    },
  };
}

function placeOf(job: ReadinessJob): AnsweredPlace | null {
  return 'on' in job ? { on: job.on, scope: selectorHere(job.scope, job.on) } : null;
}
