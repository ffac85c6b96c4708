import { UserError } from '../core/failure.ts';
import type { CommitFacts } from '../core/task/facts.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import { completeChildren } from './complete-lists.ts';
import { type ConfigAnswer, readConfigTexts } from './config-texts.ts';
import { type Gathering, gatherTasks, startGathering } from './gathering.ts';
import { loadDescendants } from './load-descendants.ts';
import { loadIssueFields } from './load-issue-fields.ts';
import { loadLinkedWork } from './load-linked-work.ts';
import { loadOutsideBlockers } from './load-outside-blockers.ts';
import { refOf } from './map-task.ts';
import type { TaskNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { UMBRELLA_QUERY } from './queries/umbrella-query.ts';
import { readOwnComment } from './read-own-comment.ts';

export interface LoadOptions {
  /** Looks for pull requests that GitHub itself does not link; default true. Without it one call is all, if it fits. */
  readonly pullRequestSweep?: boolean;
  /** Children asked for in the first call, 5–100; halves whenever GitHub runs out of time. */
  readonly pageSize?: number;
  /** When this was read; default: the machine's clock. */
  readonly now?: () => string;
  /** Told by `loadRepository` only; an umbrella is read in a few calls. */
  readonly onProgress?: (progress: {
    readonly label: string;
    readonly done: number;
    readonly total: number | null;
  }) => void;
}

/**
 * Everything that is needed to judge one umbrella. With up to 100 children and short lists that is one GraphQL call
 * of 12 points (`queries/umbrella-query.ts` has the sum); long lists and nested umbrellas take follow-up calls, and the
 * pull-request sweep one call per 100 pull requests. Where the configuration asks for artifact fields that were not found
 * by then, one more call per 100 such tasks looks for them in issue fields. What still could not be read is unknown and says why.
 *
 * Fails with `not_found` when there is no such issue, and as the client does when GitHub gives no answer at all.
 */
export async function loadUmbrella(
  client: GitHubClient,
  ref: Ref,
  options: LoadOptions = {},
): Promise<UmbrellaSnapshot> {
  const { pullRequestSweep = true, pageSize = 100, now = () => new Date().toISOString() } = options;
  const readAt = now();
  const gathering = startGathering(client);
  const answer = await askForUmbrella(gathering, ref, pageSize);
  const node = issueOf(gathering, answer, ref);
  await completeChildren(gathering, node);
  await gatherTasks(gathering, [node, ...(node.subIssues?.nodes ?? []).filter((child) => child !== null)]);

  const below = { what: `tasks below ${formatRef(ref)}`, permission: 'issues: read' };
  await noteGap(gathering, below, () => loadDescendants(gathering).then(() => null));
  const config = await readConfigTexts(gathering, answer, ref);
  const ownComment = await readOwnComment(gathering, node);
  const baseCommits: ReadonlyMap<string, readonly CommitFacts[]> = pullRequestSweep
    ? await loadLinkedWork(gathering, { config, details: 'all' })
    : new Map();
  await loadIssueFields(gathering, { umbrella: refOf(node), config, baseCommits });
  await loadOutsideBlockers(gathering);
  const { tasks, pullRequests, gaps } = gathering;
  return { umbrella: refOf(node), readAt, tasks, pullRequests, baseCommits, ownComment, gaps, ...config };
}

interface UmbrellaAnswer extends ConfigAnswer {
  readonly repository: (NonNullable<ConfigAnswer['repository']> & { readonly issue: TaskNode | null }) | null;
}

async function askForUmbrella({ client, unread }: Gathering, ref: Ref, pageSize: number): Promise<UmbrellaAnswer> {
  const { answer } = await askSmaller(pageSize, (children, patience) =>
    client.graphql<UmbrellaAnswer>(
      UMBRELLA_QUERY,
      { ...ref, children },
      { tried: `read ${formatRef(ref)}`, ...patience },
    ),
  );
  unread.note(answer);
  return answer.data;
}

function issueOf({ unread }: Gathering, answer: UmbrellaAnswer, ref: Ref): TaskNode {
  const issue = answer.repository?.issue;
  if (issue != null) return issue;
  const problem = answer.repository === null ? unread.at(answer, 'repository') : unread.at(answer.repository, 'issue');
  if (problem?.type === 'FORBIDDEN') {
    throw new UserError(
      'forbidden',
      `GitHub does not let this token read ${formatRef(ref)}.`,
      'It needs the permission issues: read.',
    );
  }
  throw new UserError(
    'not_found',
    `There is no issue ${formatRef(ref)}, or you may not see it.`,
    'Check the spelling, and that the token has access to this repository. A pull request is not a task.',
  );
}
