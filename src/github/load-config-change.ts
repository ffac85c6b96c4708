import { UserError } from '../core/failure.ts';
import type { Gap } from '../core/reading.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { ConfigTexts } from '../core/umbrella/config-of-snapshot.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import type { GitHubClient, GraphqlProblem } from './client.ts';
import { configTextOf } from './config-text-of.ts';
import { type ConfigAnswer, readConfigTexts } from './config-texts.ts';
import { findMarkedComments, pickMarkedComments } from './find-marked-comment.ts';
import { type Gathering, startGathering } from './gathering.ts';
import type { CommentNode, ConfigNode, Connection, Maybe } from './nodes.ts';
import { CHANGED_FILES_QUERY, CONFIG_CHANGE_QUERY } from './queries/config-queries.ts';

/** How a pull request stands to `.github/parasol.yml`. */
export interface ConfigChange extends ConfigTexts {
  readonly url: string;
  readonly isOpen: boolean;
  readonly headSha: string;
  /** Null for a bot, and for somebody whose account is gone. */
  readonly author: string | null;
  readonly isChanged: boolean;
  readonly headText: string | null;
  readonly hasBaseFile: boolean;
  readonly ownComment: OwnComment | null;
  readonly gaps: readonly Gap[];
}

interface CommitNode {
  readonly oid: string;
  readonly file: ({ readonly oid: string } & ConfigNode) | null;
}

interface PullRequestNode {
  readonly url: string;
  readonly state: string;
  readonly headRefOid: string;
  readonly author: { readonly __typename: string; readonly login: string } | null;
  readonly baseRef: { readonly target: CommitNode | null } | null;
  readonly commits: Maybe<Connection<{ readonly commit: CommitNode }>>;
  readonly files: Maybe<Connection<{ readonly path: string }>>;
  readonly comments: Maybe<Connection<CommentNode>>;
}

interface Answer extends ConfigAnswer {
  readonly repository:
    | (NonNullable<ConfigAnswer['repository']> & { readonly pullRequest: PullRequestNode | null })
    | null;
}

/**
 * Reads the file at the head and at the base of a pull request, forks included, the configuration in force, and the
 * comment of ours with this marker: one call of 1 point, unless there are more than 100 files or comments to look through.
 * Null when a permission is missing to tell. Throws `github_unavailable` for an answer that is not whole, and while
 * GitHub shows an older head than the pull request's own.
 */
export async function loadConfigChange(client: GitHubClient, ref: Ref, marker: string): Promise<ConfigChange | null> {
  const gathering = startGathering(client);
  const { unread } = gathering;
  const tried = `read the configuration in ${formatRef(ref)}`;
  const reply = await client.graphql<Answer>(CONFIG_CHANGE_QUERY, { ...ref }, { tried });
  unread.note(reply);
  const { repository } = reply.data;
  if (repository === null) return refused(unread.at(reply.data, 'repository'), tried);
  const { pullRequest: node } = repository;
  if (node === null) {
    const problem = unread.at(repository, 'pullRequest');
    // Pull requests are never deleted: it was opened just now, and GitHub does not show it yet.
    if (problem?.type === 'NOT_FOUND') throw stale(tried);
    return refused(problem, tried);
  }
  const commit = node.commits?.nodes?.at(-1)?.commit;
  if (commit === undefined || commit.oid !== node.headRefOid) throw stale(tried);
  const base = node.baseRef?.target ?? null;
  for (const holder of base === null ? [commit] : [commit, base]) {
    const problem = unread.at(holder, 'file');
    // That there is no such file is an answer.
    if (problem !== null && problem.type !== 'NOT_FOUND') return refused(problem, tried);
  }

  const headFile = commit.file;
  const differs = headFile !== null && headFile.oid !== base?.file?.oid;
  return {
    url: node.url,
    isOpen: node.state === 'OPEN',
    headSha: node.headRefOid,
    author: node.author?.__typename === 'User' ? node.author.login : null,
    isChanged: differs && (await changesConfig(gathering, ref, node.files)),
    headText: configTextOf(headFile?.object ?? null),
    hasBaseFile: base?.file != null,
    ownComment: await readComment(gathering, { ref, marker }, node.comments),
    ...(await readConfigTexts(gathering, reply.data, ref)),
    gaps: gathering.gaps,
  };
}

/** What GitHub will refuse again is an answer too. */
function refused(problem: GraphqlProblem | null, tried: string): null {
  if (problem?.type === 'FORBIDDEN' || problem?.type === 'NOT_FOUND') return null;
  throw stale(tried);
}

const stale = (tried: string): UserError =>
  new UserError('github_unavailable', `GitHub gave no whole answer on the attempt to ${tried}.`, 'Try again.');

/** GitHub lists at most 3,000 files of a pull request. https://docs.github.com/en/rest/pulls/pulls */
const MAX_PAGES = 30;

/** A file that differs from the base branch's may only be older; then the pull request does not list it. */
async function changesConfig({ client }: Gathering, ref: Ref, first: PullRequestNode['files']): Promise<boolean> {
  const tried = `read the files of ${formatRef(ref)}`;
  let page = first;
  for (let pages = 1; ; pages += 1) {
    if (page?.nodes == null) throw stale(tried);
    if (page.nodes.some((file) => file?.path === '.github/parasol.yml')) return true;
    if (!page.pageInfo?.hasNextPage || pages === MAX_PAGES) return false;
    const variables = { ...ref, after: page.pageInfo.endCursor };
    const reply = await client.graphql<Pick<Answer, 'repository'>>(CHANGED_FILES_QUERY, variables, { tried });
    page = reply.data.repository?.pullRequest?.files ?? null;
  }
}

interface Sought {
  readonly ref: Ref;
  readonly marker: string;
}

async function readComment(
  { client }: Gathering,
  { ref, marker }: Sought,
  page: PullRequestNode['comments'],
): Promise<OwnComment | null> {
  if (page?.nodes == null) throw stale(`read the comments of ${formatRef(ref)}`);
  const { hasNextPage, endCursor = null } = page.pageInfo ?? {};
  const near = pickMarkedComments(page.nodes, marker);
  const found = near.length === 0 && hasNextPage ? await findMarkedComments(client, ref, marker, endCursor) : near;
  const [own, ...later] = found;
  if (own === undefined) return null;
  return later.length === 0 ? own : { ...own, copies: later.map(({ id }) => id) };
}
