import { type ArtifactStatus, missingFields, readArtifacts } from '../task/artifacts.ts';
import type { TaskFacts } from '../task/facts.ts';
import { artifactQuestionOf } from '../umbrella/artifact-question.ts';
import type { ReadinessView } from './criterion.ts';

interface StandingArtifacts {
  readonly statuses: readonly ArtifactStatus[];
  /** Fields that are required now and missing or invalid. */
  readonly missing: readonly string[];
  /** Fields that could not be looked for. */
  readonly unread: readonly string[];
}

/** A task's configured artifact fields as they stand, exactly as the rollup judges them. */
export function standingArtifacts(task: TaskFacts, view: Pick<ReadinessView, 'work' | 'config'>): StandingArtifacts {
  if (view.config.tasks.artifacts.length === 0) return { statuses: [], missing: [], unread: [] };
  const question = artifactQuestionOf(task, view.work.pullRequestsOf(task), view);
  const statuses = readArtifacts(question);
  const unread = statuses.filter(({ state }) => state === 'unknown').map(({ field }) => field);
  return { statuses, missing: missingFields(statuses, question), unread };
}
