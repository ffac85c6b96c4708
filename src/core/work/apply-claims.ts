import type { TaskFacts } from '../task/facts.ts';
import { refKey } from '../task/identity.ts';
import type { WorkSnapshot } from '../umbrella/snapshot.ts';
import type { ClaimSign, LiveClaim } from './live-claim.ts';

/** What the store says of a task: at most one of its claims is live, and an old one may have left its sign behind. */
export interface ClaimFacts {
  /** `refKey` of the task. */
  readonly key: string;
  readonly live: LiveClaim | null;
  /** Still on the issue. */
  readonly sign: ClaimSign | null;
  /** Taken away so lately that a snapshot may still show it. */
  readonly goneSign: ClaimSign | null;
}

/**
 * The snapshot with the claims in it. The sign of a claim that is over says nothing of the task any more: without this
 * an agent that was killed would keep its task in progress, as its assignee, for ever.
 */
export function applyClaims<Snapshot extends WorkSnapshot>(
  snapshot: Snapshot,
  claims: readonly ClaimFacts[],
): Snapshot {
  const live = claims.flatMap(({ key, live }) => (live === null ? [] : [[key, live] as const]));
  const tasks = new Map(snapshot.tasks);
  for (const { key, live: holds, sign, goneSign } of claims) {
    const task = tasks.get(key);
    if (task === undefined || holds !== null) continue;
    const signs = [sign, goneSign].filter((one) => one !== null);
    if (signs.length > 0) tasks.set(key, signs.reduce(withoutSign, task));
  }
  return { ...snapshot, tasks, claims: new Map(live) };
}

function withoutSign(task: TaskFacts, sign: ClaimSign): TaskFacts {
  if (sign.as === 'label') return { ...task, labels: task.labels.filter((label) => !same(label, sign.label)) };
  const assignees = task.assignees.filter((login) => !same(login, sign.login));
  return { ...task, assignees, assignedAt: assignees.length === 0 ? null : task.assignedAt };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The live claim on a task, where claims were read at all. */
export const claimOn = ({ claims }: WorkSnapshot, task: TaskFacts): LiveClaim | null =>
  claims?.get(refKey(task.ref)) ?? null;
