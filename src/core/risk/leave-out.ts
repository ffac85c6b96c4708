import type { Instant } from '../task/facts.ts';
import type { OpenChange } from './open-change.ts';

/** What is taken in though it is left out as a rule. */
export interface QueueScope {
  readonly drafts: boolean;
  readonly dependencyBots: boolean;
  readonly idle: boolean;
}

export interface LeftOut {
  readonly name: string;
  readonly why: 'a draft' | 'updates dependencies' | 'idle for 30 days';
}

type Waiting = Pick<OpenChange, 'name' | 'isDraft' | 'isDependencyBot' | 'updatedAt'>;

const IDLE_DAYS = 30;
const DAY_MS = 86_400_000;

/** Drafts, dependency-update bots and what nobody touched for 30 days wait for no merge, unless asked for. */
export function leaveOut<Change extends Waiting>(
  changes: readonly Change[],
  options: QueueScope & { readonly now: Instant },
): { readonly waiting: readonly Change[]; readonly leftOut: readonly LeftOut[] } {
  const judged = changes.map((change) => ({ change, why: reasonToLeaveOut(change, options) }));
  return {
    waiting: judged.filter(({ why }) => why === null).map(({ change }) => change),
    leftOut: judged.flatMap(({ change: { name }, why }) => (why === null ? [] : [{ name, why }])),
  };
}

function reasonToLeaveOut(
  { isDraft, isDependencyBot, updatedAt }: Waiting,
  { drafts, dependencyBots, idle, now }: QueueScope & { readonly now: Instant },
): LeftOut['why'] | null {
  if (isDraft && !drafts) return 'a draft';
  if (isDependencyBot && !dependencyBots) return 'updates dependencies';
  const isIdle = Date.parse(now) - Date.parse(updatedAt) >= IDLE_DAYS * DAY_MS;
  return isIdle && !idle ? 'idle for 30 days' : null;
}
