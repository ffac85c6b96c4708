import { UserError } from '../core/failure.ts';
import { type Gap, known, type Reading, unknown } from '../core/reading.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
import { formatRef } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import type { Connection, Maybe } from './nodes.ts';
import { problemOf } from './problem-of-failure.ts';
import { CHANGED_PATHS, FURTHER_PATHS } from './queries/pull-request-queries.ts';
import { readList } from './read-list.ts';
import { createUnread, gapOf, truncated, type Unread } from './unread.ts';

/** GitHub itself lists at most 3,000 files of a pull request. */
const MAX_PAGES = 30;

interface FilesNode {
  readonly id?: string;
  readonly files?: Maybe<Connection<{ readonly path: string }>>;
}

interface Reader {
  readonly client: GitHubClient;
  readonly unread: Unread;
}

type PullRequest = Pick<PullRequestFacts, 'nodeId' | 'ref'>;

/**
 * The files that pull requests change, by node id: one call for 100 pull requests, and one more for each further 100
 * files of one. Of a file that was moved, its new name. What cannot be read is unknown, and none is left out.
 */
export async function loadChangedPaths(
  client: GitHubClient,
  pullRequests: readonly PullRequest[],
): Promise<ReadonlyMap<string, Reading<readonly string[]>>> {
  const reader: Reader = { client, unread: createUnread() };
  const ids = [...new Set(pullRequests.map(({ nodeId }) => nodeId))];
  const nodes = new Map<string, FilesNode>();
  const failure = await orFailure(() =>
    askInBatches(ids, 100, async (batch, patience) => {
      const tried = `read the files of ${batch.length} pull requests`;
      const reply = await client.graphql<{ nodes: (FilesNode | null)[] }>(
        CHANGED_PATHS,
        { ids: batch },
        { tried, ...patience },
      );
      reader.unread.note(reply);
      for (const node of reply.data.nodes) if (node?.id !== undefined) nodes.set(node.id, node);
    }),
  );
  const readings = new Map<string, Reading<readonly string[]>>();
  for (const { nodeId, ref } of pullRequests) {
    const node = nodes.get(nodeId);
    const what = `files of ${formatRef(ref)}`;
    readings.set(
      nodeId,
      node === undefined ? unknown(gapOfNone(failure ?? null, what)) : await readPaths(reader, node, what),
    );
  }
  return readings;
}

const PERMISSION = 'pull_requests: read';

const gapOfNone = (failure: UserError | null, what: string): Gap =>
  failure === null ? { cause: 'forbidden', what, permission: PERMISSION } : gapOf(problemOf(failure), what, PERMISSION);

async function readPaths(reader: Reader, first: FilesNode, what: string): Promise<Reading<readonly string[]>> {
  const paths: string[] = [];
  let node: FilesNode | null = first;
  for (let page = 1; page <= MAX_PAGES && node !== null; page += 1) {
    const place = { holder: node, field: 'files', what, permission: PERMISSION, mayBeCut: true };
    const read = readList(node.files, place, reader.unread);
    if (!read.known) return read;
    // Null without a refusal: GitHub could not compute the difference.
    if (node.files == null) return unknown({ cause: 'unavailable', what });
    paths.push(...read.value.map(({ path }) => path));
    if (node.files.pageInfo?.hasNextPage !== true) return known(paths);
    const further: FilesNode | null | UserError = await nextPage(reader, node, what);
    if (further instanceof UserError) return unknown(gapOf(problemOf(further), what, PERMISSION));
    node = further;
  }
  return unknown(truncated(what));
}

function nextPage(
  { client, unread }: Reader,
  { id, files }: FilesNode,
  what: string,
): Promise<FilesNode | null | UserError> {
  const variables = { id, after: files?.pageInfo?.endCursor ?? null };
  return orFailure(async () => {
    const reply = await client.graphql<{ node: FilesNode | null }>(FURTHER_PATHS, variables, {
      tried: `read the ${what}`,
    });
    unread.note(reply);
    return reply.data.node;
  });
}

/** A bug is thrown on. */
async function orFailure<T>(attempt: () => Promise<T>): Promise<T | UserError> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
