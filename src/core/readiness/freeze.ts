import { ghCommandOn } from '../gh-command.ts';
import type { Instant, TaskFacts } from '../task/facts.ts';
import { formatRef, refKey } from '../task/identity.ts';
import { maintainer } from './actors.ts';
import type { DraftFinding, ReadinessView } from './criterion.ts';
import { nameOfTask } from './item-name.ts';
import type { ReadinessScope } from './readiness-facts.ts';
import { indexOfScope } from './scope-index.ts';
import { unreadFinding } from './unread-finding.ts';

/** Tasks that came into the scope after `readiness.freeze`; none where that is not set. Dropped ones do not matter. */
export function lateFindings(view: ReadinessView): readonly DraftFinding[] {
  const { freeze } = view.config.readiness;
  if (freeze === undefined) return [];
  const at = freezeInstant(freeze);
  return indexOfScope(view)
    .tasks.filter((task) => view.work.stateOf(task).state !== 'dropped')
    .flatMap((task) => lateFinding(task, at, view) ?? []);
}

/** A day is frozen from its first second. */
export const freezeInstant = (freeze: string): Instant => (freeze.includes('T') ? freeze : `${freeze}T00:00:00Z`);

function lateFinding(task: TaskFacts, freeze: Instant, { facts }: ReadinessView): DraftFinding | null {
  // What was made later came in later, whatever else is known.
  const at = facts.scopedAt.get(refKey(task.ref)) ?? (isAfter(task.createdAt, freeze) ? task.createdAt : null);
  const item = nameOfTask(task);
  if (at === null) {
    const gap = { cause: 'unavailable', what: `since when ${formatRef(task.ref)} is in the scope` } as const;
    return unreadFinding(gap, { kind: 'unread_scope_time', item, names: [task.ref], repository: task.ref });
  }
  if (!isAfter(at, freeze)) return null;
  return {
    kind: 'added_after_freeze',
    effect: 'fails',
    item,
    names: [task.ref],
    since: at,
    why: `it came into the scope after the freeze of ${freeze}`,
    actor: maintainer(task.ref),
    action: {
      text: `take ${formatRef(task.ref)} out of the scope, or waive it`,
      command: removal(task, facts.scope),
      url: task.url,
    },
    evidence: [{ text: `in the scope since ${at}`, url: task.url }],
  };
}

const isAfter = (at: Instant, limit: Instant): boolean => Date.parse(at) > Date.parse(limit);

/** Null where being in the scope is no single property of the issue. */
function removal(task: TaskFacts, { kind }: ReadinessScope): string | null {
  return kind === 'milestone' ? ghCommandOn('issue edit', task, ['--remove-milestone']) : null;
}
