import type { Plan, PlanItem, PlannedChange } from '../../../src/core/plan/plan.ts';
import { ref } from '../build-facts.ts';

export const planItem = (id: string, change: PlannedChange, rest: Partial<PlanItem> = {}): PlanItem => ({
  id,
  change,
  needs: [],
  selected: true,
  evidence: [],
  ...rest,
});

export const linkItem = (child: number, rest: Partial<PlanItem> = {}): PlanItem =>
  planItem(`link-${child}`, { kind: 'add_sub_issue', parent: ref(1), child: ref(child), replaceParent: false }, rest);

export const createItem = (
  id: string,
  rest: Partial<Extract<PlannedChange, { kind: 'create_issue' }>> = {},
): PlanItem =>
  planItem(id, {
    kind: 'create_issue',
    repository: { owner: 'octo', repo: 'harbor' },
    parent: ref(1),
    key: id,
    title: 'The API',
    body: 'Ask @noor, not @octo/db or kim@x.example.',
    labels: [],
    assignees: ['ravi'],
    milestone: null,
    issueType: null,
    ...rest,
  });

export const planOf = (...items: readonly PlanItem[]): Plan => ({
  version: 1,
  id: 'p-1a2b3c4d',
  kind: 'backfill',
  repository: { owner: 'octo', repo: 'harbor' },
  umbrella: ref(1),
  createdAt: '2026-03-02T09:00:00Z',
  createdBy: 'kim',
  items,
  notes: [],
});
