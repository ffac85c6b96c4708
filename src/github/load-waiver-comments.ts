import { parseCommands } from '../core/commands.ts';
import { parseWaiver } from '../core/readiness/parse-waiver.ts';
import type { WaiverFacts } from '../core/readiness/readiness-facts.ts';
import type { Gap } from '../core/reading.ts';
import type { Instant } from '../core/task/facts.ts';
import { formatRef, type Ref, type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import { type Gathering, startGathering } from './gathering.ts';
import { loadRole } from './load-role.ts';
import type { Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { LAST_COMMENTS } from './queries/comments-query.ts';

/** An issue or a pull request. */
export interface CommentedItem {
  readonly nodeId: string;
  readonly ref: Ref;
}

interface LoadedWaivers {
  readonly waivers: readonly WaiverFacts[];
  readonly gaps: readonly Gap[];
}

interface CommentsNode {
  readonly id?: string;
  readonly comments?: Maybe<{
    readonly nodes: Maybe<readonly (WaiverComment | null)[]>;
    readonly pageInfo: { readonly hasPreviousPage: boolean };
  }>;
}

interface WaiverComment {
  readonly url: string;
  readonly body: string;
  readonly createdAt: Instant;
  readonly author: Maybe<{ readonly __typename: string; readonly login: string }>;
}

interface WrittenWaiver {
  readonly waiver: Omit<WaiverFacts, 'isAuthorised'>;
  /** Where write access counts. */
  readonly repository: RepositoryRef;
}

/** What is read of roles: whoever writes more waivers than this into one scope is not believed unread. */
const MOST_AUTHORS = 30;
const WRITERS: ReadonlySet<string> = new Set(['write', 'maintain', 'admin']);

/**
 * The waivers in the last 100 comments of each item, one call per 100 items and one per author: `/parasol waive`, as
 * `parseWaiver` reads it. Who has no write access there is not authorised, bots are nobody, and what is written wrong is a
 * gap: told, never obeyed. Who may write in another repository than the one that is judged sets aside what is there alone.
 */
export async function loadWaiverComments(
  client: GitHubClient,
  items: readonly CommentedItem[],
  judged: RepositoryRef,
): Promise<LoadedWaivers> {
  const gathering = startGathering(client);
  const written: WrittenWaiver[] = [];
  const byId = new Map(items.map((item) => [item.nodeId, item]));
  const what = `comments of ${byId.size === 1 ? formatRef([...byId.values()][0]?.ref ?? NOWHERE) : `${byId.size} items`}`;
  await noteGap(gathering, { what, permission: 'issues: read, pull_requests: read' }, async () => {
    await askInBatches([...byId.keys()], 100, async (ids, patience) => {
      const reply = await client.graphql<{ nodes: (CommentsNode | null)[] }>(
        LAST_COMMENTS,
        { ids },
        { tried: `read the ${what}`, ...patience },
      );
      gathering.unread.note(reply);
      for (const [place, id] of ids.entries()) {
        const item = byId.get(id);
        if (item !== undefined) written.push(...readComments(reply.data.nodes, place, { item, gathering }));
      }
    });
    return null;
  });
  const roles = await loadWriters(gathering, written);
  const waivers = written.map(({ waiver, repository }) => {
    const isAuthorised = roles.has(authorKey(repository, waiver.by));
    return isWithin(waiver, repository, judged) ? { ...waiver, isAuthorised } : beyond(waiver, repository);
  });
  return { waivers, gaps: gathering.gaps };
}

/** A blocker elsewhere may be in anybody's repository. */
const isWithin = ({ item }: WrittenWaiver['waiver'], stands: RepositoryRef, judged: RepositoryRef): boolean =>
  repositoryKey(stands) === repositoryKey(judged) || (item !== null && repositoryKey(item) === repositoryKey(stands));

const beyond = (waiver: WrittenWaiver['waiver'], { owner, repo }: RepositoryRef): WaiverFacts => ({
  ...waiver,
  isAuthorised: false,
  holdsOnlyIn: `${owner}/${repo}`,
});

const NOWHERE: Ref = { owner: '', repo: '', number: 0 };

function readComments(
  nodes: readonly (CommentsNode | null)[],
  place: number,
  { item, gathering }: { readonly item: CommentedItem; readonly gathering: Gathering },
): readonly WrittenWaiver[] {
  const { ref } = item;
  const what = `comments of ${formatRef(ref)}`;
  const comments = nodes[place]?.comments;
  if (comments?.nodes == null) {
    gathering.gaps.push({ cause: 'forbidden', what, permission: 'issues: read, pull_requests: read' });
    return [];
  }
  if (comments.pageInfo.hasPreviousPage) gathering.gaps.push({ cause: 'truncated', what: `older ${what}` });
  return comments.nodes.flatMap((comment) => (comment === null ? [] : waiversIn(comment, ref, gathering.gaps)));
}

function waiversIn({ url, body, createdAt, author }: WaiverComment, on: Ref, gaps: Gap[]): readonly WrittenWaiver[] {
  if (author == null || author.__typename === 'Bot') return [];
  const repository = { owner: on.owner, repo: on.repo };
  return parseCommands(body)
    .filter(({ name }) => name === 'waive')
    .flatMap((command) => {
      const parsed = parseWaiver(command, on);
      if ('problem' in parsed) {
        gaps.push({
          cause: 'invalid',
          what: `a waiver of ${author.login} on ${formatRef(on)}: ${parsed.problem}`,
          repository,
        });
        return [];
      }
      return parsed.waivers.map((words) => ({
        waiver: { ...words, by: author.login, writtenAt: createdAt, url },
        repository,
      }));
    });
}

const authorKey = (repository: RepositoryRef, login: string): string =>
  `${repositoryKey(repository)} ${login.toLowerCase()}`;

/** Who of the authors may write where they wrote; a role that cannot be read counts as none. */
async function loadWriters(gathering: Gathering, written: readonly WrittenWaiver[]): Promise<ReadonlySet<string>> {
  const authors = new Map(written.map((one) => [authorKey(one.repository, one.waiver.by), one]));
  const writers = new Set<string>();
  for (const [key, { repository, waiver }] of [...authors].slice(0, MOST_AUTHORS)) {
    const what = `the role of ${waiver.by} in ${repository.owner}/${repository.repo}`;
    await noteGap(gathering, { what, permission: 'metadata: read' }, async () => {
      if (WRITERS.has(await loadRole(gathering.client, repository, waiver.by))) writers.add(key);
      return null;
    });
  }
  if (authors.size > MOST_AUTHORS) gathering.gaps.push({ cause: 'truncated', what: 'roles of who wrote waivers' });
  return writers;
}
