import type { Config } from '../config.ts';
import type { ArtifactQuestion } from '../task/artifacts.ts';
import type { TaskFacts } from '../task/facts.ts';
import type { AssessedWork, LinkedPullRequest } from './assess-work.ts';

interface ArtifactView {
  readonly work: AssessedWork;
  readonly config: Config;
}

/** What is asked about a task's artifact fields, when `linked` of its pull requests are looked at. */
export function artifactQuestionOf(
  task: TaskFacts,
  linked: readonly LinkedPullRequest[],
  { work, config }: ArtifactView,
): ArtifactQuestion {
  return {
    task,
    pullRequests: linked.map(({ facts }) => facts),
    state: work.stateOf(task).state,
    config,
    isPullRequestUnread: !task.closingPullRequests.known,
  };
}
