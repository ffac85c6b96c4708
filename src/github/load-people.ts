import type { Participants } from '../core/plan/assess-plan.ts';
import { type Ref, type RepositoryRef, refKey, repositoryKey } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { peopleQuery, VIEWER } from './queries/standing-queries.ts';

/** Fifty, each with up to 100 people. */
const ISSUES_PER_CALL = 50;
/** A plan touches one repository, hardly ever more. */
const MOST_REPOSITORIES = 20;

type Person = { readonly login: string } | null;

interface PeopleNode {
  readonly issue?: {
    readonly participants: { readonly totalCount: number; readonly nodes: readonly Person[] | null } | null;
  } | null;
  readonly watchers?: { readonly totalCount: number } | null;
}

/** Who may hear of what changes. What cannot be read is missing. */
export interface People {
  /** Authors, commenters, assignees and mentioned of each issue, by `refKey`; complete up to 100 of them. */
  readonly participants: ReadonlyMap<string, Participants>;
  /** How many watch a repository, by `repositoryKey`. */
  readonly watchers: ReadonlyMap<string, number>;
}

/** Reads 50 issues a call, and the watchers of at most 20 repositories with the first. */
export async function loadPeople(
  client: GitHubClient,
  { issues, repositories }: { readonly issues: readonly Ref[]; readonly repositories: readonly RepositoryRef[] },
): Promise<People> {
  const participants = new Map<string, Participants>();
  const watchers = new Map<string, number>();
  const distinct = [...new Map(issues.map((ref) => [refKey(ref), ref])).values()];
  let watched = repositories.slice(0, MOST_REPOSITORIES);
  for (let from = 0; from < distinct.length || watched.length > 0; from += ISSUES_PER_CALL) {
    const batch = distinct.slice(from, from + ISSUES_PER_CALL);
    const { data } = await client.graphql<Record<string, PeopleNode | null>>(
      peopleQuery({ issues: batch.length, repositories: watched.length }),
      variablesFor(batch, watched),
      { tried: `read who takes part in ${batch.length} issues` },
    );
    for (const [n, ref] of batch.entries()) {
      const list = data[`i${n}`]?.issue?.participants ?? null;
      if (list !== null) participants.set(refKey(ref), participantsOf(list));
    }
    for (const [n, repository] of watched.entries()) {
      const count = data[`w${n}`]?.watchers?.totalCount;
      if (count !== undefined) watchers.set(repositoryKey(repository), count);
    }
    watched = [];
  }
  return { participants, watchers };
}

function variablesFor(issues: readonly Ref[], repositories: readonly RepositoryRef[]): Record<string, unknown> {
  return Object.fromEntries([
    ...issues.flatMap(({ owner, repo, number }, n) => [
      [`owner${n}`, owner],
      [`repo${n}`, repo],
      [`number${n}`, number],
    ]),
    ...repositories.flatMap(({ owner, repo }, n) => [
      [`watchedOwner${n}`, owner],
      [`watchedRepo${n}`, repo],
    ]),
  ]);
}

function participantsOf({
  totalCount,
  nodes,
}: {
  readonly totalCount: number;
  readonly nodes: readonly Person[] | null;
}): Participants {
  const logins = (nodes ?? []).flatMap((person) => person?.login ?? []);
  return { logins, isComplete: logins.length >= totalCount };
}

/** Login behind the token: a person's, or an App's with `[bot]`; null when GitHub does not say. */
export async function loadViewerLogin(client: GitHubClient): Promise<string | null> {
  const { data } = await client.graphql<{ viewer: Person }>(VIEWER, {}, { tried: 'ask whose token this is' });
  return data.viewer?.login ?? null;
}
