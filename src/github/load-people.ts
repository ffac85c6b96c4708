import { type Ref, refKey } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { peopleQuery, VIEWER } from './queries/standing-queries.ts';

const ISSUES_PER_CALL = 50;

type Person = { readonly login: string } | null;

interface PeopleNode {
  readonly issue: {
    readonly author: Person;
    readonly assignees: { readonly nodes: readonly Person[] | null } | null;
  } | null;
}

/** Author and assignees of each issue, by `refKey`, 50 issues a call. An issue that cannot be read is missing. */
export async function loadPeople(
  client: GitHubClient,
  refs: readonly Ref[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const people = new Map<string, readonly string[]>();
  const distinct = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
  for (let from = 0; from < distinct.length; from += ISSUES_PER_CALL) {
    const batch = distinct.slice(from, from + ISSUES_PER_CALL);
    const variables = batch.flatMap(({ owner, repo, number }, n) => [
      [`owner${n}`, owner],
      [`repo${n}`, repo],
      [`number${n}`, number],
    ]);
    const { data } = await client.graphql<Record<string, PeopleNode | null>>(
      peopleQuery(batch.length),
      Object.fromEntries(variables),
      { tried: `read who takes part in ${batch.length} issues` },
    );
    for (const [n, ref] of batch.entries()) {
      const issue = data[`i${n}`]?.issue ?? null;
      if (issue !== null) people.set(refKey(ref), loginsOf([issue.author, ...(issue.assignees?.nodes ?? [])]));
    }
  }
  return people;
}

/** Login behind the token: a person's, or an App's with `[bot]`; null when GitHub does not say. */
export async function loadViewerLogin(client: GitHubClient): Promise<string | null> {
  const { data } = await client.graphql<{ viewer: Person }>(VIEWER, {}, { tried: 'ask whose token this is' });
  return data.viewer?.login ?? null;
}

const loginsOf = (people: readonly Person[]): readonly string[] => people.flatMap((person) => person?.login ?? []);
