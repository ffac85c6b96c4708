import type { Config } from '../config.ts';
import { mayBeIssueField, needsIssueFields } from '../task/artifacts.ts';
import type { TaskFacts } from '../task/facts.ts';
import { type Ref, refKey } from '../task/identity.ts';
import { artifactQuestionOf } from './artifact-question.ts';
import { assessWork } from './assess-work.ts';
import type { WorkSnapshot } from './snapshot.ts';

/**
 * Tasks below the umbrella whose issue fields are worth reading, in the snapshot's order: those that lack an artifact
 * field which is asked of them. The snapshot has everything else by then, pull requests included. The umbrella itself is
 * asked for none; without one all tasks are looked at.
 */
export function tasksNeedingIssueFields(
  snapshot: WorkSnapshot,
  umbrella: Ref | null,
  config: Config,
): readonly TaskFacts[] {
  if (!config.tasks.artifacts.some(mayBeIssueField)) return [];
  const work = assessWork(snapshot, config);
  const own = umbrella === null ? null : refKey(umbrella);
  return [...snapshot.tasks.values()].filter(
    (task) =>
      refKey(task.ref) !== own &&
      needsIssueFields(artifactQuestionOf(task, work.pullRequestsOf(task), { work, config })),
  );
}
