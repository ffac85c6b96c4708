import { refKey } from '../task/identity.ts';
import { audienceOf } from './audience.ts';
import { secondsAtPace } from './pacing.ts';
import type { PlanItem, PlannedChange } from './plan.ts';

/** What applying some items comes to. */
export interface PlanAssessment {
  readonly writes: number;
  /** By kind of change, in the order in which they first appear. */
  readonly kinds: readonly { readonly kind: PlannedChange['kind']; readonly count: number }[];
  /** Issues that are made. */
  readonly creations: number;
  /** Distinct people who hear of it because they take part or are named; watchers are not among them. */
  readonly notifies: number;
  /** Not all who take part could be read: it may be more than `notifies`. */
  readonly isAtLeast: boolean;
  /** What GitHub's limits on content make it last at least, from now. */
  readonly seconds: number;
}

/** Who takes part in one issue: its author, commenters, assignees and mentioned. */
export interface Participants {
  readonly logins: readonly string[];
  /** False: there are more than could be read. */
  readonly isComplete: boolean;
}

interface AssessOptions {
  /** By `refKey`; an issue that is missing could not be read. */
  readonly participants: ReadonlyMap<string, Participants>;
  /** Who applies it: nobody is told of what they do themselves. */
  readonly actor: string | null;
  /** When this store's last writes were begun, ascending, and now: they count against the same limits. Default: none. */
  readonly earlier?: readonly number[];
  readonly nowMs?: number;
}

/** Counts writes, people and time; nothing is asked. */
export function assessPlan(items: readonly PlanItem[], options: AssessOptions): PlanAssessment {
  const { participants, actor, earlier, nowMs } = options;
  const kinds = new Map<PlannedChange['kind'], number>();
  for (const { change } of items) kinds.set(change.kind, (kinds.get(change.kind) ?? 0) + 1);
  const { named, issues } = audienceOf(items);
  const taking = issues.map((ref) => participants.get(refKey(ref)));
  const told = new Set([...named, ...taking.flatMap((one) => one?.logins ?? [])].map((login) => login.toLowerCase()));
  if (actor !== null) told.delete(actor.toLowerCase());
  return {
    writes: items.length,
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })),
    creations: kinds.get('create_issue') ?? 0,
    notifies: told.size,
    isAtLeast: taking.some((one) => one?.isComplete !== true),
    seconds: secondsAtPace(items.length, earlier, nowMs),
  };
}
