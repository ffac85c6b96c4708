import { isDependencyBot } from '../risk/is-dependency-bot.ts';
import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import type { RepositoryRef } from '../task/identity.ts';
import type { AssessedWork } from '../umbrella/assess-work.ts';
import { administratorOf } from '../umbrella/next-action.ts';
import type { Actor } from './report-schema.ts';

/** A login, `org/team`, or what GitHub's answer has in their place, such as `a team that cannot be read`. */
export function actorOf(name: string): Actor {
  if (name.includes(' ')) return { name, kind: 'role' };
  return { name, kind: name.includes('/') ? 'team' : 'person' };
}

export const maintainer = ({ owner, repo }: RepositoryRef): Actor => ({
  name: `a maintainer of ${owner}/${repo}`,
  kind: 'role',
});

export const administrator = (repository: RepositoryRef): Actor => ({
  name: administratorOf(repository),
  kind: 'role',
});

/** Whoever wrote it; a maintainer, where the account is gone or only ever updates dependencies. */
export const authorOf = ({ author, ref }: Pick<PullRequestFacts, 'author' | 'ref'>): Actor =>
  author === null || isDependencyBot(author) ? maintainer(ref) : actorOf(author);

/** Who owes a task: its first assignee, else the author of its first pull request that was not given up, else a maintainer. */
export function ownerOf(task: TaskFacts, work: AssessedWork): Actor {
  const [assignee] = task.assignees;
  if (assignee !== undefined) return actorOf(assignee);
  const author = work.pullRequestsOf(task).find(({ facts }) => facts.state !== 'closed')?.facts.author ?? null;
  return authorOf({ author, ref: task.ref });
}
