import { refKey } from '../task/identity.ts';
import { secondsAtPace } from './pacing.ts';
import type { PlanItem, PlannedChange, PlannedRef } from './plan.ts';
import { isMadeByItem, plannedRefs } from './resolve-change.ts';

/** What applying some items comes to. */
export interface PlanAssessment {
  readonly writes: number;
  /** By kind of change, in the order in which they first appear. */
  readonly kinds: readonly { readonly kind: PlannedChange['kind']; readonly count: number }[];
  /** Issues that are made. */
  readonly creations: number;
  /** Distinct people who are known to hear of it. Who watches the repository is not known: it is at least so many. */
  readonly notifies: number;
  /** What GitHub's limits on content make it last at least, from now. */
  readonly seconds: number;
}

interface AssessOptions {
  /** Logins of those who take part in an issue, by `refKey`: its author and assignees. */
  readonly people: ReadonlyMap<string, readonly string[]>;
  /** Who applies it: nobody is told of what they do themselves. */
  readonly actor: string | null;
  /** When this store's last writes were begun, ascending, and now: they count against the same limits. Default: none. */
  readonly earlier?: readonly number[];
  readonly nowMs?: number;
}

/** Counts writes, people and time; nothing is asked. */
export function assessPlan(items: readonly PlanItem[], options: AssessOptions): PlanAssessment {
  const { people, actor, earlier, nowMs } = options;
  const kinds = new Map<PlannedChange['kind'], number>();
  for (const { change } of items) kinds.set(change.kind, (kinds.get(change.kind) ?? 0) + 1);
  const told = new Set(items.flatMap(({ change }) => toldBy(change, people)).map((login) => login.toLowerCase()));
  if (actor !== null) told.delete(actor.toLowerCase());
  return {
    writes: items.length,
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })),
    creations: kinds.get('create_issue') ?? 0,
    notifies: told.size,
    seconds: secondsAtPace(items.length, earlier, nowMs),
  };
}

/**
 * Labels notify nobody. Whatever else changes on an issue shows in its timeline, so that whoever takes part in it is
 * counted as told.
 */
function toldBy(change: PlannedChange, people: AssessOptions['people']): readonly string[] {
  switch (change.kind) {
    case 'add_label':
    case 'remove_label':
    case 'create_label':
      return [];
    case 'create_issue':
      return [...change.assignees, ...mentionsIn(change.body), ...takingPart([change.parent], people)];
    case 'add_assignee':
      return [change.login, ...takingPart([change.on], people)];
    case 'update_issue_body':
      return mentionsIn(change.body).filter((login) => !mentionsIn(change.expected).includes(login));
    default:
      return takingPart(plannedRefs(change), people);
  }
}

function takingPart(refs: readonly (PlannedRef | null)[], people: AssessOptions['people']): readonly string[] {
  return refs.flatMap((ref) => (ref === null || isMadeByItem(ref) ? [] : (people.get(refKey(ref)) ?? [])));
}

const MENTION = /(?<![\w/@-])@([a-z\d](?:[a-z\d-]{0,38}))(?![\w/-])/gi;

const mentionsIn = (text: string): readonly string[] => [...text.matchAll(MENTION)].map(([, login = '']) => login);
