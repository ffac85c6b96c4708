import type { RunConclusion } from '../core/readiness/readiness-facts.ts';
import type { Connection, Maybe } from './nodes.ts';

/** A check run with its time, as `RUNS_OF_SUITES` asks for it. */
export interface AttemptNode {
  readonly databaseId: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly url: string;
}

export type SuitesNode = Maybe<Connection<{ readonly checkRuns: Maybe<Connection<AttemptNode>> }>>;

/** The last attempt at a check, and how those before it ended, the oldest first. */
export interface Attempted {
  readonly last: AttemptNode;
  readonly earlier: readonly RunConclusion[];
}

/**
 * The attempts at the checks of a commit. Running a workflow again adds check runs to its suite: of one name in one suite each
 * that began after the last had ended is a further attempt. Null where a list was cut, or refused: then nobody can tell.
 */
export function readAttempts(suites: SuitesNode): readonly Attempted[] | null {
  const lists = (suites?.nodes ?? []).map((node) => node?.checkRuns ?? null);
  if (suites?.nodes == null || isCut(suites) || lists.some((list) => list?.nodes == null || isCut(list))) return null;
  return lists.flatMap((list) => attemptsIn((list?.nodes ?? []).filter((node) => node !== null)));
}

const isCut = ({ pageInfo }: Connection<unknown>): boolean => pageInfo?.hasNextPage === true;

function attemptsIn(runs: readonly AttemptNode[]): readonly Attempted[] {
  const found: Attempted[] = [];
  for (const run of runs.toSorted(
    (a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? '') || a.databaseId - b.databaseId,
  )) {
    const place = found.findIndex(({ last }) => last.name === run.name && hasEndedBefore(last, run));
    const before = found[place];
    if (before === undefined) found.push({ last: run, earlier: [] });
    else found[place] = { last: run, earlier: [...before.earlier, conclusionOf(before.last)] };
  }
  return found;
}

const hasEndedBefore = ({ completedAt }: AttemptNode, { startedAt }: AttemptNode): boolean =>
  completedAt !== null && startedAt !== null && completedAt <= startedAt;

const CONCLUSIONS: Readonly<Record<string, RunConclusion>> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  STARTUP_FAILURE: 'failure',
  TIMED_OUT: 'timed_out',
  CANCELLED: 'cancelled',
  SKIPPED: 'skipped',
  NEUTRAL: 'neutral',
  ACTION_REQUIRED: 'action_required',
  STALE: 'stale',
};

/** GitHub's words in either case; one that is not known is no pass. */
export const conclusionOf = ({
  status,
  conclusion,
}: {
  readonly status: string;
  readonly conclusion: string | null;
}): RunConclusion =>
  status === 'COMPLETED' ? (CONCLUSIONS[(conclusion ?? '').toUpperCase()] ?? 'action_required') : 'pending';

/** The page of a check that a workflow made lies below that of its run: `…/actions/runs/12/job/34`. */
export function runIdOf(url: string): number | null {
  const id = /\/actions\/runs\/(\d+)(?:\/|$)/.exec(url)?.[1];
  return id === undefined ? null : Number(id);
}
