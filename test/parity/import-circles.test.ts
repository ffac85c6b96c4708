import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, test } from 'vitest';

test('no file of the core imports itself through others, not even for a type', async () => {
  const { output } = await cruise(['src/core'], {
    ruleSet: { forbidden: [{ name: 'circle', severity: 'error', from: {}, to: { circular: true } }] },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  });
  const { summary, modules } = output as ICruiseResult;
  expect(modules.length).toBeGreaterThan(100);
  expect(summary.violations.map(({ from, cycle }) => [from, ...(cycle ?? []).map(({ name }) => name)])).toEqual([]);
});
