import { isOwnCheckName } from '../core/own-checks.ts';
import { compareRefs, compareText } from '../core/readiness/compare-refs.ts';
import type { RunFacts } from '../core/readiness/readiness-facts.ts';
import { known, type Reading, unknown } from '../core/reading.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GraphqlProblem } from './client.ts';
import type { Gathering } from './gathering.ts';
import { CHECKS_PERMISSION } from './map-pull-request.ts';
import type { Connection, Maybe, StatusContextNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { HEAD_RUNS } from './queries/readiness-queries.ts';
import { type Attempted, conclusionOf, readAttempts, runIdOf, type SuitesNode } from './read-attempts.ts';

interface HeadNode {
  readonly commits?: Maybe<Connection<{ readonly commit: CommitNode }>>;
}

interface CommitNode {
  readonly oid: string;
  readonly checkSuites: SuitesNode;
  readonly status: Maybe<{ readonly contexts: readonly StatusContextNode[] }>;
}

interface HeadQuestion {
  readonly pullRequests: readonly PullRequestFacts[];
  /** Id of the workflow run that makes the report. */
  readonly ownRun: number | null;
}

/** Ten calls: what is told of attempts is never in the way. */
const MOST_HEADS = 1_000;

/**
 * What ran on the heads of pull requests that were not given up, all attempts, by commit: one call for 100 of those on which
 * something reported, the 1,000 latest. A head of which not all could be read is left out, and of every head what makes the
 * report and Parasol's own checks.
 */
export async function loadHeadRuns(
  gathering: Gathering,
  { pullRequests, ownRun }: HeadQuestion,
): Promise<Reading<ReadonlyMap<string, readonly RunFacts[]>>> {
  const reported = pullRequests.filter(
    ({ state, checks }) => state !== 'closed' && checks.known && checks.value.total > 0,
  );
  const asked = reported.toSorted(byUrgency).slice(0, MOST_HEADS);
  const found = new Map<string, readonly RunFacts[]>();
  const what = `attempts at the checks of ${reported.length} pull requests`;
  const refusals: GraphqlProblem[] = [];
  await noteGap(gathering, { what, permission: () => permissionFor(refusals) }, async () => {
    const ids = asked.map(({ nodeId }) => nodeId);
    await askInBatches(ids, 100, async (batch, patience) => {
      const tried = `read ${what}`;
      const reply = await gathering.client.graphql<{ nodes: (HeadNode | null)[] }>(
        HEAD_RUNS,
        { ids: batch },
        { tried, ...patience },
      );
      gathering.unread.note(reply);
      refusals.push(...reply.problems);
      for (const { commit } of reply.data.nodes.flatMap((node) => node?.commits?.nodes?.[0] ?? [])) {
        const runs = runsOn(commit, gathering, ownRun);
        if (runs !== null) found.set(commit.oid, runs);
      }
    });
    return refusals[0] ?? (reported.length > asked.length ? 'truncated' : null);
  });
  const [gap] = gathering.gaps;
  return gap !== undefined && found.size === 0 ? unknown(gap) : known(found);
}

/** What was refused tells: check suites take the one permission, statuses the other. Where neither is named, both may lack. */
function permissionFor(refusals: readonly GraphqlProblem[]): string {
  const missing = [
    ...(refusals.some(({ path }) => path.includes('checkSuites')) ? ['checks: read'] : []),
    ...(refusals.some(({ path }) => path.includes('status')) ? ['statuses: read'] : []),
  ];
  return missing.length === 0 ? CHECKS_PERMISSION : missing.join(', ');
}

/** Open ones first, then those that were merged last. */
const byUrgency = (a: PullRequestFacts, b: PullRequestFacts): number =>
  compareText(b.mergedAt ?? '~', a.mergedAt ?? '~') || compareRefs(a.ref, b.ref);

function runsOn(commit: CommitNode, { unread }: Gathering, ownRun: number | null): readonly RunFacts[] | null {
  const attempts = readAttempts(commit.checkSuites);
  if (attempts === null || (commit.status == null && unread.at(commit, 'status') !== null)) return null;
  const foreign = attempts.filter(
    ({ last }) => !isOwnCheckName(last.name) && (ownRun === null || runIdOf(last.url) !== ownRun),
  );
  return [...foreign.map(runOf), ...(commit.status?.contexts ?? []).map(statusOf)];
}

const UNPLACED = { workflow: null, isOwn: false } as const;

const runOf = ({ last, earlier }: Attempted): RunFacts => ({
  ...UNPLACED,
  ...{ name: last.name, conclusion: conclusionOf(last), attempt: earlier.length + 1, earlier },
  ...{ completedAt: last.completedAt, url: last.url },
});

const STATES = {
  SUCCESS: 'success',
  PENDING: 'pending',
  EXPECTED: 'pending',
  FAILURE: 'failure',
  ERROR: 'failure',
} as const;

/** A commit status, which knows no attempts. */
export function statusOf({ context, state, createdAt, targetUrl }: StatusContextNode): RunFacts {
  const conclusion = STATES[state];
  const completedAt = conclusion === 'pending' ? null : (createdAt ?? null);
  return { ...UNPLACED, name: context, conclusion, attempt: 1, earlier: [], completedAt, url: targetUrl };
}
