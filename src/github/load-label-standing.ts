import type { LabelStanding } from '../core/plan/standing.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { refOf } from './map-task.ts';
import type { Connection, PlaceNode } from './nodes.ts';
import { LABEL_OF_REPOSITORY } from './queries/standing-queries.ts';

interface LabelNode {
  readonly color: string;
  readonly description: string | null;
  readonly issues: Connection<{ readonly number: number; readonly repository: PlaceNode }> | null;
  readonly pullRequests: { readonly totalCount: number } | null;
}

/** A label of a repository and what carries it, in one call; null when there is none of that name. */
export async function loadLabelStanding(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  name: string,
): Promise<LabelStanding | null> {
  const tried = `read the label "${name}" of ${owner}/${repo}`;
  const reply = await client.graphql<{ repository: { label: LabelNode | null } | null }>(
    LABEL_OF_REPOSITORY,
    { owner, repo, name },
    { tried },
  );
  demandAnswer(reply, tried);
  const label = reply.data.repository?.label ?? null;
  if (label === null) return null;
  const { color, description, issues, pullRequests } = label;
  const carriers = (issues?.nodes ?? []).flatMap((node) => (node === null ? [] : [refOf(node)]));
  const isKnown = issues !== null && pullRequests !== null;
  return {
    color,
    description: description ?? '',
    carriers,
    moreCarriers: isKnown ? (issues.totalCount ?? 0) - carriers.length + pullRequests.totalCount : null,
  };
}
