import { expect, test } from 'vitest';
import { newPlanAdvice } from '../../../src/core/plan/new-plan-advice.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { edit, link, ref } from '../../operations/plan-world.ts';

const repository = { owner: 'octo', repo: 'harbor' };
const advice = (plan: Pick<Plan, 'kind' | 'items'> & Partial<Pick<Plan, 'umbrella'>>): string =>
  newPlanAdvice({ repository, umbrella: ref(1), ...plan });

test.each([
  ['a drift', advice({ kind: 'drift', items: [edit(1)] }), ' (parasol umbrella drift octo/harbor#1 --fix)'],
  ['a scaffold', advice({ kind: 'scaffold', items: [link(2)] }), ' (parasol umbrella scaffold octo/harbor#1)'],
  [
    'a checklist',
    advice({ kind: 'scaffold', items: [link(2), edit(1)] }),
    ' (parasol umbrella scaffold octo/harbor#1 --from-checklist)',
  ],
  ['a backfill', advice({ kind: 'backfill', items: [], umbrella: null }), ' (parasol umbrella backfill octo/harbor)'],
  ['links, which several commands make', advice({ kind: 'relink', items: [link(2)] }), ''],
])('%s that is out of date is made again by the command that made it', (_, said, command) => {
  expect(said).toBe(`make a new plan with the command that made it${command}`);
});
