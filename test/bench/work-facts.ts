import type { Reading } from '../../src/core/reading.ts';
import type { PullRequestFacts, TaskFacts } from '../../src/core/task/facts.ts';
import { refKey } from '../../src/core/task/identity.ts';
import type { UmbrellaSnapshot } from '../../src/core/umbrella/snapshot.ts';

/** What both clients have to know in the end, by reference, with every list sorted. */
export interface WorkFacts {
  readonly children: Readonly<Record<string, ChildFacts>>;
  readonly pullRequests: Readonly<Record<string, PullFacts>>;
}

export interface ChildFacts {
  readonly state: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** `octo/harbor#3 open`. */
  readonly blockers: readonly string[];
  readonly pullRequests: readonly string[];
}

export interface PullFacts {
  readonly state: string;
  readonly isDraft: boolean;
  readonly head: string;
  readonly reviewRequests: readonly string[];
  /** `noor approved`: the latest opinion of each reviewer. */
  readonly reviews: readonly string[];
  readonly checks: string;
  readonly checkCount: number;
}

/** The same facts out of Parasol's snapshot. Throws where the snapshot says that something could not be read. */
export function factsOfSnapshot(snapshot: UmbrellaSnapshot): WorkFacts {
  if (snapshot.gaps.length > 0) throw new Error(`not read: ${snapshot.gaps.map(({ what }) => what).join(', ')}`);
  const children = Object.fromEntries(
    [...snapshot.tasks]
      .filter(([key]) => key !== refKey(snapshot.umbrella))
      .map(([key, task]) => [key, childFacts(task)]),
  );
  const wanted = new Set(Object.values(children).flatMap(({ pullRequests }) => pullRequests));
  const pullRequests = Object.fromEntries(
    [...snapshot.pullRequests].filter(([key]) => wanted.has(key)).map(([key, pull]) => [key, pullFacts(pull)]),
  );
  return { children, pullRequests };
}

function childFacts(task: TaskFacts): ChildFacts {
  return {
    state: task.state,
    title: task.title,
    labels: sorted(task.labels),
    assignees: sorted(task.assignees),
    blockers: sorted(read(task.blockers).map(({ ref, state }) => `${refKey(ref)} ${state}`)),
    pullRequests: sorted(read(task.closingPullRequests).map(refKey)),
  };
}

function pullFacts(pull: PullRequestFacts): PullFacts {
  const checks = read(pull.checks);
  return {
    state: pull.state,
    isDraft: pull.isDraft,
    head: pull.headSha,
    reviewRequests: sorted(read(pull.reviewRequests)),
    reviews: sorted(read(pull.reviews).map(({ author, state }) => `${author} ${state}`)),
    checks: checks.state,
    checkCount: checks.total,
  };
}

export function sorted(texts: readonly string[]): readonly string[] {
  return [...texts].sort();
}

function read<T>(reading: Reading<T>): T {
  if (reading.known) return reading.value;
  throw new Error(`not read: ${reading.gap.what} (${reading.gap.cause})`);
}
