import type { RepositoryRef } from '../core/task/identity.ts';
import type { KnownNames, WantedNames } from '../core/umbrella/scaffold/scaffold-facts.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer, demandPart } from './demand-answer.ts';
import type { Connection, Maybe } from './nodes.ts';
import { namesQuery } from './queries/scaffold-queries.ts';

interface Answer {
  readonly repository:
    | ({
        readonly viewerPermission: string | null;
        readonly labels: Maybe<Connection<{ readonly name: string }>>;
      } & Readonly<Record<`label${number}`, { readonly name: string } | null>> &
        Readonly<Record<`assignee${number}`, Connection<{ readonly login: string }> | null>> &
        Readonly<Record<`milestone${number}`, Connection<{ readonly title: string }> | null>> &
        Readonly<Record<`issueType${number}`, { readonly name: string } | null>>)
    | null;
}

/** Roles that may take part in issues, but make no labels. */
const WITHOUT_LABELS: ReadonlySet<string> = new Set(['READ', 'TRIAGE']);

/** Which of the names that templates give a repository has, in one call. */
export async function loadKnownNames(
  client: GitHubClient,
  repository: RepositoryRef,
  wanted: WantedNames,
): Promise<KnownNames> {
  const tried = `look up labels and people of ${repository.owner}/${repository.repo}`;
  const query = namesQuery({
    labels: wanted.labels.length,
    assignees: wanted.assignees.length,
    milestones: wanted.milestones.length,
    issueTypes: wanted.issueTypes.length,
  });
  const reply = await client.graphql<Answer>(query, { ...repository, ...variablesFor(wanted) }, { tried });
  demandAnswer(reply, tried);
  const found = demandPart(reply.data.repository, tried);
  const isIn = (list: readonly (string | undefined)[], name: string): boolean =>
    list.some((one) => one?.toLowerCase() === name.toLowerCase());
  return {
    labels: namesWhere(wanted.labels, (_, n) => found[`label${n}`] != null),
    labelNames: (found.labels?.nodes ?? []).flatMap((label) => label?.name ?? []),
    assignable: namesWhere(wanted.assignees, (login, n) =>
      isIn(
        (found[`assignee${n}`]?.nodes ?? []).map((user) => user?.login),
        login,
      ),
    ),
    openMilestones: namesWhere(wanted.milestones, (title, n) =>
      isIn(
        (found[`milestone${n}`]?.nodes ?? []).map((one) => one?.title),
        title,
      ),
    ),
    issueTypes: namesWhere(wanted.issueTypes, (_, n) => found[`issueType${n}`] != null),
    mayCreateLabels: !WITHOUT_LABELS.has(found.viewerPermission ?? ''),
  };
}

function variablesFor(wanted: WantedNames): Readonly<Record<string, string>> {
  const numbered = (kind: string, names: readonly string[]) => names.map((name, n) => [`${kind}${n}`, name] as const);
  return Object.fromEntries([
    ...numbered('label', wanted.labels),
    ...numbered('assignee', wanted.assignees),
    ...numbered('milestone', wanted.milestones),
    ...numbered('issueType', wanted.issueTypes),
  ]);
}

const namesWhere = (names: readonly string[], isThere: (name: string, index: number) => boolean): ReadonlySet<string> =>
  new Set(names.filter(isThere).map((name) => name.toLowerCase()));
