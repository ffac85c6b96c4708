import { findIssue, findRepository } from '../find-record.ts';
import { serializeRepository } from '../serialize/serialize-repository.ts';
import type { ItemKey } from '../world.ts';
import { reachesRepository } from './installation-reach.ts';
import type { JsonObject } from './json.ts';
import type { PayloadContext } from './payload-context.ts';
import { serializeIssueForWebhook } from './serialize-for-webhook.ts';

/**
 * The two sides of a link. The side that the delivery is about comes always; the other one and its repository are left
 * out when the installation may not see them.
 */
export function buildLinkFields(context: PayloadContext): JsonObject {
  const { event } = context;
  const own = event.item;
  const other = event.details.other;
  if (own === null || other === undefined) return {};
  const [ownRole, otherRole] = rolesOf(event.action ?? '');
  const sides = {
    ...sideFields(context, ownRole, own),
    ...(canSee(context, other) ? otherSideFields(context, otherRole, other) : {}),
  };
  // GitHub names the sub-issue first, whichever side the delivery is about.
  return Object.fromEntries(Object.entries(sides).sort(([one], [another]) => rank(one) - rank(another)));
}

/** Own role and the other's, by the delivery's action. */
function rolesOf(action: string): readonly [string, string] {
  if (action.startsWith('parent_issue')) return ['sub_issue', 'parent_issue'];
  if (action.startsWith('sub_issue')) return ['parent_issue', 'sub_issue'];
  if (action.startsWith('blocked_by')) return ['blocked_issue', 'blocking_issue'];
  return ['blocking_issue', 'blocked_issue'];
}

function rank(field: string): number {
  return field.startsWith('sub_issue') || field.startsWith('blocked_issue') ? 0 : 1;
}

function sideFields({ world, event, baseUrl }: PayloadContext, role: string, key: ItemKey): JsonObject {
  const issue = serializeIssueForWebhook(world, key, baseUrl);
  const before = role === 'parent_issue' ? event.details.summaryBefore : undefined;
  const shown = issue !== null && before !== undefined ? { ...issue, sub_issues_summary: oldSummary(before) } : issue;
  return { [`${role}_id`]: findIssue(world, key)?.id ?? 0, [role]: shown };
}

function otherSideFields(context: PayloadContext, role: string, key: ItemKey): JsonObject {
  const repository = findRepository(context.world, key.repository);
  if (repository === null) return {};
  return {
    ...sideFields(context, role, key),
    [`${role}_repo`]: serializeRepository(context.world, repository, context.baseUrl),
  };
}

function oldSummary({ total, completed }: { readonly total: number; readonly completed: number }): JsonObject {
  return { total, completed, percent_completed: total === 0 ? 0 : Math.round((completed / total) * 100) };
}

function canSee({ world, installation }: PayloadContext, key: ItemKey): boolean {
  const repository = findRepository(world, key.repository);
  if (repository === null) return false;
  return repository.visibility === 'public' || reachesRepository(installation, repository);
}
