import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, test } from 'vitest';

test('no file imports itself through others, not even for a type', { timeout: 90_000 }, async () => {
  const { output } = await cruise(['src', 'action'], {
    exclude: { path: 'action/dist' },
    ruleSet: { forbidden: [{ name: 'circle', severity: 'error', from: {}, to: { circular: true } }] },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  });
  const { summary, modules } = output as ICruiseResult;
  expect(modules.length).toBeGreaterThan(800);
  expect(summary.violations.map(({ from, cycle }) => [from, ...(cycle ?? []).map(({ name }) => name)])).toEqual([]);
});
