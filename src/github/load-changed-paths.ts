import { UserError } from '../core/failure.ts';
import type { Gap } from '../core/reading.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { ChangedPaths } from './changed-paths.ts';
import type { GitHubClient } from './client.ts';
import { createFormerNames, type FormerNames } from './load-former-names.ts';
import type { Connection, Maybe } from './nodes.ts';
import { problemOf } from './problem-of-failure.ts';
import { CHANGED_PATHS, FURTHER_PATHS } from './queries/pull-request-queries.ts';
import { readList } from './read-list.ts';
import { createUnread, gapOf, truncated, type Unread } from './unread.ts';

/** GitHub itself lists at most 3,000 files of a pull request. */
const MAX_PAGES = 30;

interface FileNode {
  readonly path: string;
  readonly changeType?: string;
}

interface FilesNode {
  readonly id?: string;
  readonly files?: Maybe<Connection<FileNode>>;
}

interface Reader {
  readonly client: GitHubClient;
  readonly unread: Unread;
  readonly formerNames: FormerNames;
}

type PullRequest = Pick<PullRequestFacts, 'nodeId' | 'ref'>;

/**
 * The files that pull requests change, by node id: one call for 100 pull requests, and one more for each further 100
 * files of one. Of a file that was moved, its old name too, which takes REST (`load-former-names.ts`). What cannot be read is
 * a gap, and no pull request is left out.
 */
export async function loadChangedPaths(
  client: GitHubClient,
  pullRequests: readonly PullRequest[],
): Promise<ReadonlyMap<string, ChangedPaths>> {
  const reader: Reader = { client, unread: createUnread(), formerNames: createFormerNames(client) };
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
  const readings = new Map<string, ChangedPaths>();
  for (const { nodeId, ref } of pullRequests) {
    const node = nodes.get(nodeId);
    const what = `files of ${formatRef(ref)}`;
    readings.set(
      nodeId,
      node === undefined
        ? { paths: [], gap: gapOfNone(failure ?? null, what) }
        : await readPaths(reader, node, { ref, what }),
    );
  }
  return readings;
}

const PERMISSION = 'pull_requests: read';

const gapOfNone = (failure: UserError | null, what: string): Gap =>
  failure === null ? { cause: 'forbidden', what, permission: PERMISSION } : gapOf(problemOf(failure), what, PERMISSION);

interface Place {
  readonly ref: Ref;
  readonly what: string;
}

async function readPaths(reader: Reader, first: FilesNode, { ref, what }: Place): Promise<ChangedPaths> {
  const { paths, moved, gap } = await readAllPages(reader, first, what);
  if (moved === 0) return { paths, gap };
  const former = await reader.formerNames.of(ref, moved);
  return { paths: [...paths, ...former.paths], gap: gap ?? former.gap };
}

interface ReadPages extends ChangedPaths {
  /** How many of the files have another name than before. */
  readonly moved: number;
}

async function readAllPages(reader: Reader, first: FilesNode, what: string): Promise<ReadPages> {
  const files: FileNode[] = [];
  const ended = (gap: Gap | null): ReadPages => ({
    paths: files.map(({ path }) => path),
    moved: files.filter(({ changeType }) => changeType === 'RENAMED').length,
    gap,
  });
  let node: FilesNode | null = first;
  for (let page = 1; page <= MAX_PAGES && node !== null; page += 1) {
    const place = { holder: node, field: 'files', what, permission: PERMISSION, mayBeCut: true };
    const read = readList(node.files, place, reader.unread);
    if (!read.known) return ended(read.gap);
    // Null without a refusal: GitHub could not compute the difference.
    if (node.files == null) return ended({ cause: 'unavailable', what });
    files.push(...read.value);
    if (node.files.pageInfo?.hasNextPage !== true) return ended(null);
    const further: FilesNode | null | UserError = await nextPage(reader, node, what);
    if (further instanceof UserError) return ended(gapOf(problemOf(further), what, PERMISSION));
    node = further;
  }
  return ended(truncated(what));
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
