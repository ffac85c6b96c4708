import type { PlanDraft } from '../core/plan/plan.ts';
import type { Ref } from '../core/task/identity.ts';
import { hostOf } from '../core/task/text-references.ts';
import { planChecklist } from '../core/umbrella/scaffold/plan-checklist.ts';
import { readChecklist } from '../core/umbrella/scaffold/read-checklist.ts';
import type { GitHubClient } from '../github/client.ts';
import { loadNamedIssues } from '../github/load-named-issues.ts';
import { loadScaffoldFacts } from '../github/load-scaffold-facts.ts';
import { demandOpen, placeChildren } from './plan-scaffold.ts';

/** What the checklist in an umbrella's own text would make under it. Fails with `usage` where the umbrella is closed. */
export async function planChecklistScaffold(github: GitHubClient, umbrella: Ref): Promise<PlanDraft> {
  const { facts, url } = await loadScaffoldFacts(github, umbrella);
  demandOpen(facts);
  const entries = readChecklist(facts.umbrella.body, { repository: facts.umbrella.ref, host: hostOf(url) });
  const named = await loadNamedIssues(
    github,
    entries.flatMap(({ ref }) => ref ?? []),
  );
  return placeChildren(facts, planChecklist({ facts, entries, named }));
}
