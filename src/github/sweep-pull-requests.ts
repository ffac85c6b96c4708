import { instantAt } from '../core/instant-at.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
import { type RepositoryRef, refKey } from '../core/task/identity.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import { completeLists } from './complete-lists.ts';
import { type Gathering, takePullRequest } from './gathering.ts';
import { mapPullRequest } from './map-pull-request.ts';
import type { Connection, Maybe, PullRequestNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { PULL_REQUEST_SWEEP } from './queries/pull-request-queries.ts';
import { createSweepMemory, type Swept } from './sweep-memory.ts';

/** 5,000 pull requests of one repository; beyond, the rest is a gap. */
const MAX_PAGES = 50;
/** Read anew though it seems unchanged: an earlier answer of GitHub's may have been stale. */
const OVERLAP_MS = 60_000;

interface SweepAnswer {
  readonly repository: { readonly pullRequests: Maybe<Connection<PullRequestNode>> } | null;
}

interface SweptPullRequests extends Swept {
  /** As the sweep alone knows them: without reviews and checks. */
  readonly pullRequests: ReadonlyMap<string, PullRequestFacts>;
  /** When the last changed of them was changed. */
  readonly newest: string;
  /** Visibility and default branch of the repository: no pull request gets a new time when they change. */
  readonly place: string;
}

interface Sweep {
  readonly since: string;
  readonly fresh: Map<string, PullRequestFacts>;
  /** What the client's last sweep read; null as long as no page has shown that it still holds. */
  earlier: SweptPullRequests | null;
  place: string | null;
  /** Every answer so far was without a refusal. */
  isWhole: boolean;
}

const memory = createSweepMemory<SweptPullRequests>();

/**
 * Reads a repository's pull requests with their texts and commit messages, last changed first, until they were last
 * changed before `since`: one that old cannot speak of a younger task. This finds what GitHub does not link itself:
 * planned ids, and closing keywords on other branches than the default one. A further sweep of the same client ends
 * where it meets what the last one read.
 */
export async function sweepPullRequests(gathering: Gathering, repository: RepositoryRef, since: string): Promise<void> {
  const sweep: Sweep = { since, fresh: new Map(), earlier: null, place: null, isWhole: true };
  const what = `pull requests of ${repository.owner}/${repository.repo}`;
  await noteGap(gathering, { what, permission: 'pull_requests: read' }, async () => {
    let size = 100;
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const reply = await askSmaller(size, (first, patience) =>
        gathering.client.graphql<SweepAnswer>(
          PULL_REQUEST_SWEEP,
          { ...repository, first, after },
          { tried: `read the ${what}`, ...patience },
        ),
      );
      size = reply.size;
      gathering.unread.note(reply.answer);
      const list: Maybe<Connection<PullRequestNode>> = reply.answer.data.repository?.pullRequests;
      if (list?.nodes == null) return refusalOf(gathering, reply.answer.data);
      const nodes = list.nodes.filter((node) => node !== null);
      if (page === 0) placeSweep(sweep, nodes, memory.recall(gathering.client, repository, since));
      sweep.isWhole &&= reply.answer.problems.length === 0;
      const isMet = await takePage(gathering, sweep, nodes);
      if (isMet || !list.pageInfo?.hasNextPage) return endSweep(gathering, sweep, repository);
      after = list.pageInfo.endCursor;
    }
    return cutSweep(gathering, sweep, repository);
  });
  handOver(gathering, sweep);
}

function refusalOf({ unread }: Gathering, data: SweepAnswer) {
  return data.repository === null ? unread.at(data, 'repository') : unread.at(data.repository, 'pullRequests');
}

function placeSweep(sweep: Sweep, [newest]: readonly PullRequestNode[], remembered: SweptPullRequests | null): void {
  if (newest === undefined) return;
  sweep.place = `${newest.repository.visibility} ${newest.repository.defaultBranchRef?.name}`;
  if (remembered?.place === sweep.place) sweep.earlier = remembered;
}

/** Whether the page reaches back to what need not be read. */
async function takePage(gathering: Gathering, sweep: Sweep, nodes: readonly PullRequestNode[]): Promise<boolean> {
  const border = sweep.earlier === null ? sweep.since : moved(sweep.earlier.newest, -OVERLAP_MS);
  const wanted = nodes.filter(({ updatedAt }) => updatedAt >= border);
  await completeLists(gathering, { pullRequests: wanted });
  for (const node of wanted) {
    const facts = mapPullRequest(node, gathering.unread);
    sweep.fresh.set(refKey(facts.ref), facts);
  }
  return wanted.length < nodes.length;
}

function endSweep({ client }: Gathering, sweep: Sweep, repository: RepositoryRef): 'truncated' | null {
  const { since, isCut } = sweep.earlier ?? { since: sweep.since, isCut: false };
  remember(client, sweep, repository, { since, isCut });
  return sweep.since < since ? 'truncated' : null;
}

/** There is more than may be read; of the last second perhaps only a part was. */
function cutSweep({ client }: Gathering, sweep: Sweep, repository: RepositoryRef): 'truncated' {
  sweep.earlier = null;
  const oldest = [...sweep.fresh.values()].at(-1)?.updatedAt ?? sweep.since;
  remember(client, sweep, repository, { since: moved(oldest, 1000), isCut: true });
  return 'truncated';
}

function remember(client: GitHubClient, sweep: Sweep, repository: RepositoryRef, swept: Swept): void {
  const isComplete = sweep.isWhole && [...sweep.fresh.values()].every(({ commits }) => commits.known);
  if (!isComplete || sweep.place === null) return;
  const pullRequests = new Map(sweep.earlier?.pullRequests);
  for (const [key, facts] of sweep.fresh) {
    // An answer may be older than what is remembered.
    if (facts.updatedAt >= (pullRequests.get(key)?.updatedAt ?? '')) pullRequests.set(key, facts);
  }
  const newest = [...pullRequests.values()].map(({ updatedAt }) => updatedAt).reduce(later, '');
  if (newest !== '') memory.keep(client, repository, { ...swept, pullRequests, newest, place: sweep.place });
}

/** What was just read counts more than what other queries read before it; what is remembered counts less. */
function handOver(gathering: Gathering, { since, fresh, earlier }: Sweep): void {
  for (const [key, facts] of earlier?.pullRequests ?? []) {
    const isNewer = facts.updatedAt > (fresh.get(key)?.updatedAt ?? '');
    if (isNewer && facts.updatedAt >= since) takePullRequest(gathering, facts, 'earlier');
  }
  for (const facts of fresh.values()) if (facts.updatedAt >= since) takePullRequest(gathering, facts, 'now');
}

const later = (a: string, b: string): string => (a > b ? a : b);

const moved = (instant: string, ms: number): string => instantAt(Date.parse(instant) + ms);
