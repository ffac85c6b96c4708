import { known, type Reading, unknown } from '../core/reading.ts';
import type { PersonFacts, TeamFacts, ViewerFacts } from '../core/reviewers/review-snapshot.ts';
import { type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import type { GraphqlProblem } from './client.ts';
import { apart, type Gathering } from './gathering.ts';
import type { Connection, Maybe } from './nodes.ts';
import { isCutList } from './note-cut-lists.ts';
import { noteGap } from './note-gap.ts';
import { REVIEW_PEOPLE, REVIEW_TEAMS, REVIEW_VIEWER } from './queries/review-queries.ts';
import { gapOf, truncated } from './unread.ts';

/** 500 people; who is beyond may have access, and nobody knows. */
const MOST_PEOPLE_PAGES = 5;
/** 150 teams. */
const MOST_TEAM_PAGES = 3;

interface PersonNode {
  readonly login: string;
  readonly status: { readonly indicatesLimitedAvailability: boolean } | null;
}

interface PeopleAnswer {
  readonly repository: Maybe<{
    readonly assignableUsers: Maybe<Connection<PersonNode>>;
    readonly collaborators?: Maybe<{
      readonly edges:
        | readonly Maybe<{ readonly permission: string; readonly node: Maybe<{ readonly login: string }> }>[]
        | null;
      readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    }>;
  }>;
}

/**
 * Everybody who can be assigned in a repository, with GitHub's busy status and whether they may approve: 2 points for 100. The roles
 * come along, so that they cost no call; who has more than 500 collaborators keeps some of them unknown.
 */
export async function loadReviewPeople(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
): Promise<Reading<readonly PersonFacts[]>> {
  const what = `people of ${owner}/${repo}`;
  const approvers = new Map<string, boolean>();
  let rolesAfter: string | null = null;
  let refused: GraphqlProblem | null = null;
  const people = await readPages(
    gathering,
    { what, permission: 'metadata: read', pages: MOST_PEOPLE_PAGES },
    async (after) => {
      const variables = { owner, repo, after, rolesAfter };
      const reply = await gathering.client.graphql<PeopleAnswer>(REVIEW_PEOPLE, variables, {
        tried: `read the ${what}`,
      });
      const { assignableUsers: list = null, collaborators } = reply.data.repository ?? {};
      for (const edge of collaborators?.edges ?? [])
        if (edge?.node != null) approvers.set(edge.node.login.toLowerCase(), APPROVING.has(edge.permission));
      rolesAfter = collaborators?.pageInfo?.endCursor ?? rolesAfter;
      refused ??= reply.problems.find(({ path }) => path.includes('collaborators')) ?? null;
      const isRefused = (place: number): boolean =>
        reply.problems.some(({ path }) => path.includes(place) && path.includes('status'));
      const found = (list?.nodes ?? []).flatMap((node, place) =>
        node === null ? [] : [{ login: node.login, isBusy: isRefused(place) ? null : isBusy(node) }],
      );
      return { found, list, problem: list === null ? (reply.problems[0] ?? UNEXPLAINED) : null };
    },
  );
  if (!people.known) return people;
  if (refused !== null) gathering.gaps.push(gapOf(refused, `who may approve in ${owner}/${repo}`, 'write access'));
  const canApprove = (login: string): boolean | null => approvers.get(login.toLowerCase()) ?? null;
  return known(people.value.map((person) => ({ ...person, canApprove: canApprove(person.login) })));
}

const APPROVING: ReadonlySet<string> = new Set(['WRITE', 'MAINTAIN', 'ADMIN']);

const isBusy = ({ status }: PersonNode): boolean => status?.indicatesLimitedAvailability === true;

interface TeamNode {
  readonly combinedSlug: string;
  readonly members: Maybe<Connection<{ readonly login: string }>>;
  readonly repositories: Maybe<Connection<{ readonly nameWithOwner: string }>>;
}

type OwnerNode = Maybe<{
  readonly __typename: string;
  readonly viewerIsAMember?: boolean;
  readonly teams?: Maybe<Connection<TeamNode>>;
}>;

/** The teams of an organization; none of a person. Outsiders are shown no teams, so none at all is unknown to them. */
export async function loadReviewTeams(
  gathering: Gathering,
  repository: RepositoryRef,
): Promise<Reading<readonly TeamFacts[]>> {
  const what = `teams of ${repository.owner}`;
  return readPages(gathering, { what, permission: 'members: read', pages: MOST_TEAM_PAGES }, async (after) => {
    const reply = await gathering.client.graphql<{ readonly repositoryOwner: OwnerNode }>(
      REVIEW_TEAMS,
      { ...repository, after },
      { tried: `read the ${what}` },
    );
    const owner = reply.data.repositoryOwner;
    const teams = nodesOf(owner?.teams).map((team) => ({
      name: team.combinedSlug,
      members: nodesOf(team.members).map(({ login }) => login),
      isHere: isOf(team, repository),
    }));
    const isHidden = owner?.__typename === 'Organization' && teams.length === 0 && owner.viewerIsAMember !== true;
    const refused = reply.problems[0] ?? (isHidden ? HIDDEN : null);
    noteCutTeams(gathering, repository, nodesOf(owner?.teams));
    return { found: teams, list: owner?.teams ?? null, problem: refused };
  });
}

/** Members beyond the first 100, and access to this repository where more than 20 of the team's have a name like it. */
function noteCutTeams(gathering: Gathering, repository: RepositoryRef, teams: readonly TeamNode[]): void {
  for (const team of teams) {
    if (isCutList(team.members)) gathering.gaps.push(truncated(`members of ${team.combinedSlug} beyond the first 100`));
    if (isCutList(team.repositories) && !isOf(team, repository))
      gathering.gaps.push(truncated(`access of ${team.combinedSlug} to ${repository.owner}/${repository.repo}`));
  }
}

const isOf = ({ repositories }: TeamNode, repository: RepositoryRef): boolean =>
  nodesOf(repositories).some(({ nameWithOwner }) => nameWithOwner.toLowerCase() === repositoryKey(repository));

/** Who asks, and what they may do. A login that GitHub does not tell is nobody's. */
export async function loadReviewViewer(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
): Promise<{ readonly viewer: ViewerFacts; readonly defaultBranch: string }> {
  const { data } = await gathering.client.graphql<{
    readonly viewer: Maybe<{ readonly login: string }>;
    readonly repository: Maybe<{
      readonly viewerPermission: string | null;
      readonly defaultBranchRef: { readonly name: string } | null;
    }>;
  }>(REVIEW_VIEWER, { owner, repo }, { tried: `ask what may be done in ${owner}/${repo}` });
  const role = ROLES.find((one) => one === data.repository?.viewerPermission?.toLowerCase()) ?? null;
  return {
    viewer: { login: data.viewer?.login ?? null, role },
    defaultBranch: data.repository?.defaultBranchRef?.name ?? 'HEAD',
  };
}

const ROLES = ['read', 'triage', 'write', 'maintain', 'admin'] as const;

interface Page<Found> {
  readonly found: readonly Found[];
  readonly list: Connection<unknown> | null;
  readonly problem: GraphqlProblem | null;
}

/** All pages of a list as one fact; what stops the reading is also a gap of the load. */
async function readPages<Found>(
  gathering: Gathering,
  { pages, ...missing }: { readonly what: string; readonly permission: string; readonly pages: number },
  ask: (after: string | null) => Promise<Page<Found>>,
): Promise<Reading<readonly Found[]>> {
  const own = apart(gathering);
  const all: Found[] = [];
  await noteGap(own, missing, async () => {
    for (let page = 0, after: string | null = null; page < pages; page += 1) {
      const { found, list, problem }: Page<Found> = await ask(after);
      all.push(...found);
      if (problem !== null) return problem;
      if (list?.pageInfo?.hasNextPage !== true) return null;
      after = list.pageInfo.endCursor;
    }
    return 'truncated';
  });
  gathering.gaps.push(...own.gaps);
  const [gap] = own.gaps;
  return gap === undefined ? known(all) : unknown(gap);
}

const HIDDEN: GraphqlProblem = { type: 'FORBIDDEN', message: 'only members see the teams', path: [] };
const UNEXPLAINED: GraphqlProblem = { type: null, message: 'no answer', path: [] };

const nodesOf = <T>(connection: Maybe<Connection<T>>): readonly T[] =>
  (connection?.nodes ?? []).filter((node) => node !== null);
