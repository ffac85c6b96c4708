import { mentionsIn } from '../mentions-in.ts';
import { type Ref, type RepositoryRef, refKey, repositoryKey } from '../task/identity.ts';
import type { PlanItem, PlannedChange, PlannedRef } from './plan.ts';
import { isMadeByItem, plannedRefs } from './resolve-change.ts';

/** Who hears of changes. */
export interface Audience {
  /** Logins that the changes themselves name. */
  readonly named: readonly string[];
  /** Whoever takes part in these. */
  readonly issues: readonly Ref[];
  /** Whoever watches these. */
  readonly watched: readonly RepositoryRef[];
}

/** Whom GitHub tells of some items; issues and repositories each once, in the plan's order. */
export function audienceOf(items: readonly PlanItem[]): Audience {
  const each = items.map(({ change }) => audienceOfChange(change));
  return {
    named: each.flatMap(({ named }) => named),
    issues: distinct(
      each.flatMap(({ issues }) => issues),
      refKey,
    ),
    watched: distinct(
      each.flatMap(({ watched }) => watched),
      repositoryKey,
    ),
  };
}

/**
 * Labels notify nobody, and an edited text only whom it newly mentions. Whatever else changes on an issue shows in its
 * timeline, so that whoever takes part in it or watches its repository is counted as told.
 */
function audienceOfChange(change: PlannedChange): Audience {
  switch (change.kind) {
    case 'add_label':
    case 'remove_label':
    case 'create_label':
    case 'delete_label':
      return { named: [], issues: [], watched: [] };
    case 'create_issue': {
      const named = [...change.assignees, ...mentionsIn(change.body)];
      return { ...onIssues([change.parent], named), watched: [change.repository] };
    }
    case 'add_assignee':
      return onIssues([change.on], [change.login]);
    case 'update_issue_body': {
      const before = new Set(mentionsIn(change.expected).map((login) => login.toLowerCase()));
      const fresh = mentionsIn(change.body).filter((login) => !before.has(login.toLowerCase()));
      return { named: fresh, issues: [], watched: [] };
    }
    default:
      return onIssues(plannedRefs(change), []);
  }
}

function onIssues(refs: readonly (PlannedRef | null)[], named: readonly string[]): Audience {
  const issues = refs.flatMap((ref) => (ref === null || isMadeByItem(ref) ? [] : [ref]));
  return { named, issues, watched: issues.map(({ owner, repo }) => ({ owner, repo })) };
}

const distinct = <One>(all: readonly One[], keyOf: (one: One) => string): readonly One[] => [
  ...new Map(all.map((one) => [keyOf(one), one])).values(),
];
