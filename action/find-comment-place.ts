import { UserError } from '../src/core/failure.ts';
import { parseRef, type Ref } from '../src/core/task/identity.ts';
import { githubFailure } from '../src/github/github-failure.ts';
import { isAddress, resolveRef } from '../src/github/resolve-ref.ts';
import type { ActionJob } from './action-command.ts';

/**
 * Where the report's comment goes: `comment-on`, else the umbrella that inputs name, else the issue or pull request of the event. After another workflow's run
 * it is the open pull request whose head that run was about: GitHub names it in the event only where it is from no fork.
 */
export async function findCommentPlace({ inputs, workflow, context }: ActionJob): Promise<Ref> {
  const asked = inputs['comment-on'] ?? inputs.umbrella ?? umbrellaOfScope(inputs.scope);
  if (asked !== null) return placeNamed(asked, { workflow, context });
  const number = workflow.issue ?? workflow.pullRequest ?? (await findPullRequestOfRun({ workflow, context }));
  if (number !== null) return { ...workflow.repository, number };
  throw new UserError(
    'usage',
    'No issue or pull request is named, and the event that started this workflow is about none.',
    "Set `comment-on: '#12'`.",
  );
}

const umbrellaOfScope = (scope: string | null): string | null =>
  /^(?:umbrella:)?((?:[\w.-]+\/[\w.-]+)?#\d+)$/i.exec(scope ?? '')?.[1] ?? null;

type Place = Pick<ActionJob, 'workflow' | 'context'>;

/** A number may be a pull request's; what else names one thing names an issue. */
async function placeNamed(asked: string, { workflow, context }: Place): Promise<Ref> {
  const defaultRepository = workflow.repository;
  const parsed = isAddress(asked) ? null : parseRef(asked, { defaultRepository, ids: [] });
  if (parsed !== null && 'number' in parsed) return parsed;
  return resolveRef(context.github, asked, { defaultRepository });
}

async function findPullRequestOfRun({ workflow: { after, repository }, context }: Place): Promise<number | null> {
  if (after === null) return null;
  const { rest } = context.github;
  const head = `${after.owner}:${after.branch}`;
  const { data } = await rest.pulls.list({ ...repository, head, state: 'open' }).catch((error: unknown) => {
    throw githubFailure(error, `read the open pull requests of ${repository.owner}/${repository.repo}`);
  });
  return data.find((pull) => pull.head.sha === after.sha)?.number ?? null;
}
