import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { known } from '../../../src/core/reading.ts';
import { buildRollup } from '../../../src/core/umbrella/build-rollup.ts';
import { NOW, ref, snapshot, taskFacts } from '../build-facts.ts';
import { type RandomWork, randomWork } from '../random-work.ts';
import { configured, reportFor, world } from './build-world.ts';

/** What the rollup judges: everything else is left out, so that nothing but these three can decide. */
const CONFIG = configured(`
tasks: { artifacts: [{ field: Evidence, from: implemented, is: url }] }
readiness:
  criteria: { integration_outcomes: off, present_on_base: off, base_ci: off, scope_integrity: off }
`);

function decisions({ umbrella, children, pullRequests }: RandomWork) {
  const facts = world({
    tasks: children,
    pullRequests,
    outside: [umbrella],
    scope: { kind: 'umbrella', selector: 'umbrella:octo/harbor#1', umbrella: umbrella.ref },
  });
  const options = { config: CONFIG, now: NOW, audience: 'viewer' } as const;
  const rollup = buildRollup(snapshot([umbrella, ...children], pullRequests), umbrella.ref, options);
  return { rollup: rollup.integration.verdict, report: reportFor(facts, { config: CONFIG }).verdict.decision };
}

it('says of an umbrella what its rollup says', () => {
  fc.assert(
    fc.property(randomWork(), (work) => {
      const { rollup, report } = decisions(work);
      expect(report).toBe(rollup);
    }),
  );
});

it('says so of nested umbrellas too', () => {
  const leaf = fc.constantFrom('2026-05-04T09:00:00Z', null);
  fc.assert(
    fc.property(fc.array(fc.tuple(leaf, fc.array(leaf, { maxLength: 3 })), { maxLength: 4 }), (branches) => {
      const nested = branches.flatMap(([closedAt, leaves], at) => {
        const below = leaves.map((end, i) => taskFacts({ number: 100 + at * 10 + i, closedAt: end }));
        const number = 10 + at;
        return [taskFacts({ number, closedAt, children: known(below.map((task) => task.ref)) }), ...below];
      });
      const children = branches.map((_, at) => ref(10 + at));
      const umbrella = taskFacts({ number: 1, children: known(children) });
      const { rollup, report } = decisions({ umbrella, children: nested, pullRequests: [] });
      expect(report).toBe(rollup);
    }),
  );
});
